package recruitment

// SubjectCandidate is under whose key, in words of storage.KeyName, a candidate is sealed, with their applications and interviews.
func SubjectCandidate(id CandidateID) string { return "candidate/" + string(id) }

// SubjectApplication is under whose key the scorecards of an application are sealed.
func SubjectApplication(id ApplicationID) string { return "application/" + string(id) }
