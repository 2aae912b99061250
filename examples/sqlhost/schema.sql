-- The host's own tables. Muster's lie in the same file, and all begin with hr_.
CREATE TABLE IF NOT EXISTS staff (
  number     text PRIMARY KEY,
  name       text NOT NULL,
  email      text NOT NULL,
  joined     text NOT NULL, -- the first day ever
  left_on    text,          -- the last day; none while employed
  bank       text NOT NULL,
  account    text NOT NULL,
  identities text NOT NULL, -- JSON: kind and number of each
  version    integer NOT NULL,
  rest       text NOT NULL  -- JSON: what Muster knows beside
);

CREATE TABLE IF NOT EXISTS leave_request (
  id        text PRIMARY KEY,
  staff     text NOT NULL REFERENCES staff (number),
  type      text NOT NULL,
  first_day text NOT NULL,
  last_day  text NOT NULL,
  state     text NOT NULL,
  version   integer NOT NULL,
  rest      text NOT NULL -- JSON: the whole request
);
CREATE INDEX IF NOT EXISTS leave_request_of ON leave_request (staff, first_day);

CREATE TABLE IF NOT EXISTS holiday (day text PRIMARY KEY, name text NOT NULL);

-- Of no interest to Muster: who sits where.
CREATE TABLE IF NOT EXISTS desk (number integer PRIMARY KEY, staff text NOT NULL UNIQUE REFERENCES staff (number));
