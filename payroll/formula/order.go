package formula

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// node is a formula or a group in the graph of what needs what.
type node struct {
	item  *item
	group *group
	needs []*node

	// of the search for cycles
	index, low int
	open       bool
}

func (n *node) name() string {
	if n.group != nil {
		return "sum(" + n.group.name + ")"
	}
	return n.item.name
}

// walk visits e and everything under it, outermost first, until visit says no.
func walk(e expr, visit func(expr) bool) {
	if !visit(e) {
		return
	}
	switch n := e.(type) {
	case *unary:
		walk(n.x, visit)
	case *binary:
		walk(n.l, visit)
		walk(n.r, visit)
	case *choice:
		walk(n.cond, visit)
		walk(n.then, visit)
		walk(n.alt, visit)
	case *call:
		for _, a := range n.args {
			walk(a, visit)
		}
	}
}

// order resolves every name and returns formulas and groups so that each comes after what it needs. What lies on a cycle
// is reported and comes last.
func (c *compiler) order() []*node {
	items := map[*item]*node{}
	groups := map[*group]*node{}
	var all []*node
	for _, it := range c.formulas {
		n := &node{item: it}
		items[it] = n
		all = append(all, n)
	}
	for _, it := range c.formulas { // groups in the order in which they are first named
		if it.kind != aLine {
			continue
		}
		for _, w := range it.s.groups {
			g := c.groups[w.text]
			if groups[g] == nil {
				n := &node{group: g}
				for _, m := range g.members {
					n.needs = append(n.needs, items[m])
				}
				groups[g] = n
				all = append(all, n)
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c.groups)) { // and those that are declared and empty
		if g := c.groups[name]; groups[g] == nil {
			groups[g] = &node{group: g}
			all = append(all, groups[g])
		}
	}
	for _, n := range all {
		if n.item == nil {
			continue
		}
		walk(n.item.s.expr, func(e expr) bool {
			if need := c.resolve(n.item, e); need != nil {
				if need.kind == aLet || need.kind == aLine {
					n.needs = append(n.needs, items[need])
				}
				need.used = true
			}
			if call, ok := e.(*call); ok && call.group != "" {
				if g := c.groups[call.group]; g != nil {
					g.summed = true
					n.needs = append(n.needs, groups[g])
				} else {
					c.add(n.item.file, call.pos, RuleGroup, c.groupHint(call.group), "no line is in a group `%s`", call.group)
				}
			}
			return true
		})
	}
	return c.sort(all)
}

func (c *compiler) groupHint(s string) string {
	if c.names[s] != nil {
		return "`" + s + "` is a value of its own: write it without sum"
	}
	if near := c.closest(s, maps.Keys(c.groups)); near != "" {
		return "did you mean `" + near + "`?"
	}
	return "write `in " + s + "` behind the name of each line that belongs to it"
}

// resolve returns what a name or a call of a table means, and reports a name that means nothing or something else.
func (c *compiler) resolve(in *item, e expr) *item {
	switch n := e.(type) {
	case *ref:
		it := c.names[n.name]
		switch {
		case it == nil:
			hint := "declare it with input, param or let"
			if near := c.nearest(n.name, func(o *item) bool { return o.kind != aTable && o.kind != aKernel }); near != "" {
				hint = "did you mean `" + near + "`?"
			} else if c.groups[n.name] != nil {
				hint = "`" + n.name + "` is a group: write sum(" + n.name + ")"
			}
			c.add(in.file, n.pos, RuleUnknown, hint, "nothing is named `%s`", n.name)
		case it.kind == aTable:
			c.add(in.file, n.pos, RuleUse, "write "+n.name+"(...)", "`%s` is a table and needs what to look up", n.name)
			return nil
		case it.kind == aKernel:
			c.add(in.file, n.pos, RuleUse, "write "+n.name+"(...)", "`%s` is a kernel and needs its values", n.name)
			return nil
		}
		return it
	case *call:
		if functions[n.fn] {
			return nil
		}
		it := c.names[n.fn]
		switch {
		case it == nil:
			hint := "the functions are min, max, round, ceil, floor, sum, pieces, first and last"
			if near := c.nearest(n.fn, func(o *item) bool { return o.kind == aTable || o.kind == aKernel }); near != "" {
				hint = "did you mean `" + near + "`?"
			}
			c.add(in.file, n.pos, RuleUnknown, hint, "no table and no function is named `%s`", n.fn)
		case it.kind != aTable && it.kind != aKernel:
			c.add(in.file, n.pos, RuleUse, "write * to multiply", "`%s` is %s and not a table", n.fn, it.kind)
			return nil
		}
		return it
	}
	return nil
}

// sort orders nodes by need. Groups of nodes that need each other (Tarjan's strongly connected components) are cycles.
func (c *compiler) sort(all []*node) []*node {
	var sorted, stack, cyclic []*node
	next := 0
	var visit func(n *node)
	visit = func(n *node) {
		next++
		n.index, n.low, n.open = next, next, true
		stack = append(stack, n)
		for _, m := range n.needs {
			if m.index == 0 {
				visit(m)
				n.low = min(n.low, m.low)
			} else if m.open {
				n.low = min(n.low, m.index)
			}
		}
		if n.low != n.index {
			return
		}
		from := len(stack) - 1
		for stack[from] != n {
			from--
		}
		ring := slices.Clone(stack[from:])
		stack = stack[:from]
		for _, m := range ring {
			m.open = false
		}
		if len(ring) > 1 || slices.Contains(n.needs, n) {
			c.cycle(ring)
			cyclic = append(cyclic, ring...)
			return
		}
		sorted = append(sorted, n)
	}
	for _, n := range all {
		if n.index == 0 {
			visit(n)
		}
	}
	for _, n := range cyclic {
		if n.item != nil {
			n.item.typ.bad = true
		}
	}
	return append(sorted, cyclic...)
}

// cycle reports one shortest way around a ring of nodes that need each other, at the formula written first.
func (c *compiler) cycle(ring []*node) {
	inside := map[*node]bool{}
	var formulas []*node
	for _, n := range ring {
		inside[n] = true
		if n.item != nil {
			formulas = append(formulas, n)
		}
	}
	first := slices.MinFunc(formulas, func(a, b *node) int { return cmp.Compare(a.item.index, b.item.index) })
	from := map[*node]*node{}
	queue := []*node{first}
	var last *node
	for last == nil { // the ring leads back to first
		n := queue[0]
		queue = queue[1:]
		for _, m := range n.needs {
			if m == first {
				last = n
				break
			}
			if inside[m] && from[m] == nil {
				from[m] = n
				queue = append(queue, m)
			}
		}
	}
	path := []string{first.name()}
	for n := last; n != first; n = from[n] {
		path = append(path, n.name())
	}
	path = append(path, first.name())
	slices.Reverse(path)
	const most = 12
	if len(path) > most {
		path = append(append(slices.Clone(path[:most-2]), "..."), path[len(path)-1])
	}
	c.add(first.item.file, first.item.pos, RuleCycle, "take one of them out of the ring", "the formulas need each other: %s", strings.Join(path, " -> "))
}
