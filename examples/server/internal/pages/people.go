package pages

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/server/internal/desk"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/storage"
)

func (p *Pages) people(a adder) {
	a.get("/people", p.directory)
	a.get("/organisation", p.organisation)
	a.get("/movements", p.movements)
	a.get("/due", p.due)
	a.get("/people/{employee}/letters/{kind}", p.letter)
	a.post("/people/{employee}/checklists", startChecklist)
	a.post("/checklists/{id}/tasks/{task}", endTask)
}

// person is somebody and where they stand.
type person struct {
	ID    hr.EmployeeID
	Name  string
	Terms hr.Terms
}

// staff returns who is employed on a day, by number.
func staff(ctx context.Context, r Request, on hr.Date, after hr.EmployeeID, limit int) ([]person, error) {
	ids, err := r.App.People.Employees(ctx, r.View(), hr.Period{From: on, Through: on}, after, limit)
	if err != nil {
		return nil, err
	}
	return stand(ctx, r, on, ids...)
}

// stand returns who people are and where they stand on a day.
func stand(ctx context.Context, r Request, on hr.Date, ids ...hr.EmployeeID) ([]person, error) {
	pins := make([]hr.Pin, len(ids))
	for i, id := range ids {
		pins[i].Employee = id
	}
	lines, err := r.App.Stand(ctx, pins)
	if err != nil {
		return nil, err
	}
	names := r.names(ids...)
	out := make([]person, len(ids))
	for i, id := range ids {
		t, _ := lines[i].At(on)
		t.Pay, t.Answers = nil, nil // of pay this says nothing
		out[i] = person{ID: id, Name: names[id], Terms: t}
	}
	return out, nil
}

// directoryPage lists who is employed.
type directoryPage struct {
	Today  hr.Date
	People []person
	Next   hr.EmployeeID
	Pay    bool // the user may see payslips
}

// directoryShown is how many people a page of the directory has.
const directoryShown = 100

func (p *Pages) directory(w http.ResponseWriter, r Request) error {
	page := directoryPage{Today: r.App.Today(), Pay: r.allowed("payroll.Payslip", "")}
	var err error
	if page.People, err = staff(r.Context(), r, page.Today, hr.EmployeeID(r.URL.Query().Get("after")), directoryShown); err != nil {
		return err
	}
	if len(page.People) == directoryShown {
		page.Next = page.People[directoryShown-1].ID
	}
	p.Show(w, r.Request, http.StatusOK, "people.html", page)
	return nil
}

// organisationPage is the company as a tree.
type organisationPage struct {
	Today hr.Date
	Tops  []unit
	Names bool
}

type unit struct {
	lifecycle.Unit
	HeadName string
	People   []person
	Units    []unit
}

func (p *Pages) organisation(w http.ResponseWriter, r Request) error {
	ctx, today := r.Context(), r.App.Today()
	o, err := r.App.People.Organisation(ctx, r.View())
	if err != nil {
		return err
	}
	page := organisationPage{Today: today, Names: r.allowed("lifecycle.Employees")}
	in := map[string][]person{}
	if page.Names {
		all, err := staff(ctx, r, today, "", 0)
		if err != nil {
			return err
		}
		for _, x := range all {
			in[x.Terms.Department] = append(in[x.Terms.Department], x)
		}
	}
	under := map[string][]lifecycle.Unit{}
	for _, u := range o.Units(today) {
		under[u.Parent] = append(under[u.Parent], u)
	}
	var tree func(parent string) []unit
	tree = func(parent string) (list []unit) {
		for _, u := range under[parent] {
			list = append(list, unit{Unit: u, HeadName: r.name(u.Head), People: in[u.ID], Units: tree(u.ID)})
		}
		return list
	}
	page.Tops = tree("")
	p.Show(w, r.Request, http.StatusOK, "organisation.html", page)
	return nil
}

// verbMovements is what somebody must have who looks at joiners and leavers: what is due about them.
const verbMovements = "lifecycle.DueTasks"

// movementsPage is who joins and who leaves, with what there is to do.
type movementsPage struct {
	Period  hr.Period
	Joining []movement
	Leaving []movement
	Today   hr.Date
	Start   bool
}

type movement struct {
	person
	Day   hr.Date
	Kind  lifecycle.ChecklistKind
	Lists []checklist
}

type checklist struct {
	lifecycle.Checklist
	Tasks []task
	Done  int
}

type task struct {
	lifecycle.Task
	Waits   string // the titles of the tasks before it
	With    []string
	Mine    bool // the user may say that it is done
	Waive   bool
	Overdue bool
}

func (p *Pages) movements(w http.ResponseWriter, r Request) error {
	ctx, today := r.Context(), r.App.Today()
	if err := storage.May(ctx, r.App.Kit, r.View(), verbMovements); err != nil {
		return err
	}
	month := hr.MonthOf(monthAsked(r, today))
	page := movementsPage{Period: hr.Period{From: month.From.Add(-31), Through: month.Through.Add(62)}, Today: today, Start: r.allowed("lifecycle.StartChecklist")}
	ids, err := r.App.People.Employees(ctx, r.View(), page.Period, "", 0)
	if err != nil {
		return err
	}
	rows, err := r.App.Store.Employments(ctx, ids...)
	if err != nil {
		return err
	}
	for _, e := range rows {
		last := e.LastDay
		if last.IsZero() {
			last = e.Notice.LastDay
		}
		if page.Period.Contains(e.Start) {
			m, err := moves(ctx, r, e.ID, e.Start, lifecycle.Joining)
			if err != nil {
				return err
			}
			page.Joining = append(page.Joining, m)
		}
		if !last.IsZero() && page.Period.Contains(last) {
			m, err := moves(ctx, r, e.ID, last, lifecycle.Leaving)
			if err != nil {
				return err
			}
			page.Leaving = append(page.Leaving, m)
		}
	}
	p.Show(w, r.Request, http.StatusOK, "movements.html", page)
	return nil
}

func moves(ctx context.Context, r Request, id hr.EmployeeID, day hr.Date, kind lifecycle.ChecklistKind) (movement, error) {
	people, err := stand(ctx, r, day, id)
	if err != nil {
		return movement{}, err
	}
	m := movement{person: people[0], Day: day, Kind: kind}
	lists, err := r.App.People.ChecklistsOf(ctx, r.View(), id)
	if err != nil {
		return movement{}, err
	}
	if lists, err = desk.Show(ctx, r.App, r.View(), "lifecycle.ChecklistsOf", lists, id); err != nil {
		return movement{}, err
	}
	for _, l := range lists {
		if l.Kind != kind || l.Dropped {
			continue
		}
		c := checklist{Checklist: l}
		for _, t := range l.Tasks {
			x := task{Task: t, Waits: titles(l, l.Waiting(t)), With: r.actors(t.Owners), Overdue: t.State == lifecycle.TaskOpen && t.Due.Before(r.App.Today())}
			if t.State == lifecycle.TaskOpen {
				x.Mine, x.Waive = x.Waits == "" && slices.Contains(t.Owners, r.User.Actor.ID), slices.Contains(t.Waivers, r.User.Actor.ID)
			} else {
				c.Done++
			}
			c.Tasks = append(c.Tasks, x)
		}
		m.Lists = append(m.Lists, c)
	}
	return m, nil
}

// titles names tasks of a checklist.
func titles(l lifecycle.Checklist, ids []string) string {
	var list []string
	for _, t := range l.Tasks {
		if slices.Contains(ids, t.ID) {
			list = append(list, t.Title)
		}
	}
	return strings.Join(list, ", ")
}

// actors returns what those are called who do something: here the login of an employee is their number.
func (r Request) actors(ids []hr.ActorID) (list []string) {
	for _, id := range ids {
		list = append(list, r.name(hr.EmployeeID(id)))
	}
	return list
}

func startChecklist(ctx context.Context, r Request) (string, string, error) {
	_, err := r.App.People.StartChecklist(ctx, r.command(""), hr.EmployeeID(r.PathValue("employee")), lifecycle.ChecklistStart{Kind: lifecycle.ChecklistKind(r.PostFormValue("kind"))})
	return "/movements", "The checklist is started. Each task is with whoever owns it.", err
}

func endTask(ctx context.Context, r Request) (string, string, error) {
	end := lifecycle.TaskEnd{State: lifecycle.TaskState(r.PostFormValue("state")), Reason: strings.TrimSpace(r.PostFormValue("reason"))}
	err := r.App.People.EndTask(ctx, r.command(""), lifecycle.ChecklistID(r.PathValue("id")), r.PathValue("task"), end)
	return "/movements", "The task is off the list.", err
}

// duePage is what is due about people.
type duePage struct {
	Period hr.Period
	Due    []dueRow
	Tasks  []taskRow
}

type dueRow struct {
	lifecycle.Due
	Name   string
	What   string
	Letter string // of a kind that there is a letter for
}

type taskRow struct {
	lifecycle.TaskDue
	Name string
	With []string
}

// dueWords say what is due, and which letter belongs to it.
var dueWords = map[lifecycle.DueKind]struct{ what, letter string }{
	lifecycle.DueJoin:        {"First day", ""},
	lifecycle.DueProbation:   {"The trial ends: confirm, extend or part", "confirmation"},
	lifecycle.DueReturn:      {"First day back", ""},
	lifecycle.DueLastDay:     {"Last day", "relieving"},
	lifecycle.DueContract:    {"The contract ends", ""},
	lifecycle.DueRetirement:  {"Retires: give notice, or record the exit", ""},
	lifecycle.DueAnniversary: {"Years of service", ""},
	lifecycle.DueDocument:    {"A document runs out", ""},
	lifecycle.DueBankChange:  {"A new bank account may be used", ""},
}

func (p *Pages) due(w http.ResponseWriter, r Request) error {
	ctx, today := r.Context(), r.App.Today()
	page := duePage{Period: hr.Period{From: today, Through: today.Add(60)}}
	list, err := r.App.People.Due(ctx, r.View(), lifecycle.Leads{}, page.Period)
	var of lifecycle.DueFaults // of single persons: what is due of the others is shown
	if err != nil && !errors.As(err, &of) {
		return err
	}
	for _, d := range list {
		said := dueWords[d.Kind]
		row := dueRow{Due: d, Name: r.name(d.Employee), What: said.what, Letter: said.letter}
		if d.What != "" {
			row.What += ": " + words(d.What)
		}
		page.Due = append(page.Due, row)
	}
	tasks, err := r.App.People.DueTasks(ctx, r.View(), today, 60, "", 0)
	if err != nil {
		return err
	}
	for _, t := range tasks {
		page.Tasks = append(page.Tasks, taskRow{t, r.name(t.Employee), r.actors(t.Owners)})
	}
	p.Show(w, r.Request, http.StatusOK, "due.html", page)
	return nil
}

// letters are what can be printed about somebody. A company writes its own.
var letters = map[string]lifecycle.LetterTemplate{
	"confirmation": {Kind: "confirmation", Subject: "Confirmation of your employment", Body: "Dear {{.name}},\n\nyour trial with us is over, and we are glad to keep you. You are confirmed as {{.position}} in {{.department}}.\n\nEverything else that we agreed stays as it is.\n"},
	"relieving":    {Kind: "relieving", Subject: "Relieving letter", Body: "Dear {{.name}},\n\nyou worked for us as {{.position}} in {{.department}} from {{.start}}{{if .last_day}} to {{.last_day}}{{end}}. You are relieved of your duties.\n\nWe thank you, and wish you well.\n"},
}

// RuleLetter is broken where a letter would say what is not so.
const RuleLetter hr.Rule = "server.letter"

// letterPage is a letter to be printed.
type letterPage struct {
	lifecycle.Letter
	Paragraphs []string
	Company    string
	Today      hr.Date
}

func (p *Pages) letter(w http.ResponseWriter, r Request) error {
	template, known := letters[r.PathValue("kind")]
	if !known {
		return storage.ErrNotFound
	}
	ctx, employee := r.Context(), hr.EmployeeID(r.PathValue("employee"))
	if err := storage.May(ctx, r.App.Kit, r.View(), "lifecycle.HistoryReport", employee); err != nil { // a letter says what HR may read
		return err
	}
	e, err := r.App.People.Employment(ctx, r.View(), employee)
	if err != nil {
		return err
	}
	if e, err = desk.Show(ctx, r.App, r.View(), "lifecycle.Employment", e, employee); err != nil {
		return err
	}
	if template.Kind == "relieving" && e.LastDay.IsZero() && e.Notice.LastDay.IsZero() {
		return &hr.FieldError{Path: "letter", Rule: RuleLetter, Reason: "would say that they leave, and no last day is recorded: give notice or record the exit first"}
	}
	on := r.App.Today()
	if !e.LastDay.IsZero() && e.LastDay.Before(on) {
		on = e.LastDay // where they stood at the end
	}
	people, err := stand(ctx, r, on, employee)
	if err != nil {
		return err
	}
	template.Language = lifecycle.LetterLanguage{Tag: "en", Months: [12]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}}
	l, err := template.Render(lifecycle.LetterFacts(e, people[0].Terms))
	if err != nil {
		return err
	}
	p.Show(w, r.Request, http.StatusOK, "letter.html", letterPage{l, strings.Split(strings.TrimSpace(l.Body), "\n\n"), r.App.Company.Name, r.App.Today()})
	return nil
}
