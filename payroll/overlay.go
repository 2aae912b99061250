package payroll

import (
	"fmt"
	"slices"

	"github.com/musterhr/hr"
)

// Overlay is what a host knows better than a pack: a new notification that no release has yet, or a decision about a doubtful value.
// Steps of a parameter, or of a table; they need their source and the day of their review like the pack's own.
type Overlay struct {
	Name  string             // of a parameter or a table of the pack
	Steps []hr.ParameterStep // of a parameter
	Rows  []hr.TableStep     // of a table
}

// Overlay returns p with values of the host on top, marked as such: every explanation says so. A step takes the place of the pack's
// step of the same day (and text); otherwise it holds from its day until the next step, whoever wrote that. It returns all
// [hr.FieldError]s at once: RulePackOverlay for a name that the pack does not have or steps of the wrong kind, and the faults of
// [hr.Parameter.Validate] and [hr.Table.Validate]. p stays as it is.
func (p Pack) Overlay(values ...Overlay) (Pack, error) {
	var faults hr.Faults
	p.Params, p.Tables = slices.Clone(p.Params), slices.Clone(p.Tables)
	for i, v := range values {
		at := fmt.Sprintf("overlays[%d]", i)
		param := slices.IndexFunc(p.Params, func(x hr.Parameter) bool { return x.Name == v.Name })
		table := slices.IndexFunc(p.Tables, func(x hr.Table) bool { return x.Name == v.Name })
		switch {
		case param >= 0 && len(v.Steps) > 0 && len(v.Rows) == 0:
			x := &p.Params[param]
			x.Steps = onTop(x.Steps, v.Steps,
				func(s *hr.ParameterStep) { s.Overlay = true },
				func(a, b hr.ParameterStep) bool { return a.Since == b.Since })
			faults.Join(at, x.Validate())
		case table >= 0 && len(v.Rows) > 0 && len(v.Steps) == 0:
			x := &p.Tables[table]
			x.Steps = onTop(x.Steps, v.Rows,
				func(s *hr.TableStep) { s.Overlay = true },
				func(a, b hr.TableStep) bool { return a.Since == b.Since && a.Text == b.Text })
			faults.Join(at, x.Validate())
		case param < 0 && table < 0:
			faults.Add(at+".name", RulePackOverlay, "the pack of %s has no parameter and no table %q", p.Name, v.Name)
		default:
			faults.Add(at, RulePackOverlay, "needs Steps for a parameter and Rows for a table, and not the other")
		}
	}
	if faults.Any() {
		return Pack{}, fmt.Errorf("payroll: overlay: %w", faults.Err())
	}
	return p, nil
}

// onTop adds marked steps in place of those of the same day.
func onTop[S any](steps, above []S, mark func(*S), same func(a, b S) bool) []S {
	out := slices.Clone(steps)
	for _, s := range above {
		mark(&s)
		out = slices.DeleteFunc(out, func(x S) bool { return same(x, s) })
		out = append(out, s)
	}
	return out
}
