package simulate

// task is one of several who act at once.
type task struct {
	run    func(turn func()) // calls turn wherever others may go before it
	frozen func() bool       // whether it stands still now, until all the others are done
}

// together runs tasks at once, yet one at a time: whenever one of them lets others go before it, pick says which of n goes on. So the order is
// that of pick and of nothing else.
func together(pick func(n int) int, tasks ...task) {
	if len(tasks) == 1 {
		tasks[0].run(func() {})
		return
	}
	yields := make(chan bool) // true: the one whose turn it was is done
	goes := make([]chan struct{}, len(tasks))
	live := make([]int, len(tasks))
	for i, t := range tasks {
		goes[i], live[i] = make(chan struct{}), i
		go func() {
			<-goes[i]
			t.run(func() {
				yields <- false
				<-goes[i]
			})
			yields <- true
		}()
	}
	for len(live) > 0 {
		var awake []int // places in live
		for at, i := range live {
			if !tasks[i].frozen() {
				awake = append(awake, at)
			}
		}
		if awake == nil { // only those who stood still are left: they come back
			for at := range live {
				awake = append(awake, at)
			}
		}
		at := awake[pick(len(awake))]
		goes[live[at]] <- struct{}{}
		if <-yields {
			live = append(live[:at], live[at+1:]...)
		}
	}
}
