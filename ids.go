package hr

// EmployeeID names one employee of the tenant for life, also after leaving and rehire. It is not a government number.
// The empty id is nobody; where a [Change] or a pin stands for the definitions that all share, it means [Everyone].
type EmployeeID string

// Everyone is the EmployeeID under which the tenant's definitions (policies, parameters, adopted plans) are learnt.
const Everyone EmployeeID = ""

// ActorID names who acts: a person's login or a program.
type ActorID string

// CommandID names one intention to change something. The host chooses it; the same id with the same content is the same
// command, however often it is sent.
type CommandID string
