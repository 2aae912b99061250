package payroll

import (
	"context"
	"fmt"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// RunChunk is so many members of a run, in employee order, as one unit of work calculates and posts them: a case. The chunks of a run are
// planned when it is created and stay as they are, so that everybody who works on the run, now or after a crash, in one process or in
// many, cuts it the same way.
//
// Its version is what keeps chunks apart: a unit reads its chunk first and stores it last, so two that work on the same one cannot both be
// committed, and a late one of a calculation that was begun anew, or of a run that was cancelled, is refused.
type RunChunk struct {
	Run     RunID           `class:"public"`
	Number  int             `class:"public"` // from 0
	After   hr.EmployeeID   `class:"public"` // its members are those after this one; empty in the first
	Members int             `class:"public"`
	Digest  string          `class:"public"` // of the results that were calculated; empty until they are, and again once the run is calculated again
	Failed  int             `class:"public"` // how many of its members have faults instead of a payslip
	Posted  int             `class:"public"` // how many of its members are posted by this run
	Version storage.Version `class:"public"`
}

// RunProgress says how far a run is, to the last chunk that was committed. The zero RunProgress has nothing to do.
type RunProgress struct {
	State      RunState
	Members    int // employees in the run
	Calculated int // of them, those whose chunk is calculated, with a payslip or with faults
	Failed     int // of them, those with faults
	Posted     int // payslips that are posted
	Chunks     int // units of work
	Done       int // of them, those that are done: calculated or, of a run that is paying or paid, posted
}

// Progress tells how far a run is. It reads the chunks and none of their payslips, so it may be asked every second.
func (s Service) Progress(ctx context.Context, v hr.View, id RunID) (RunProgress, error) {
	const verb = "payroll.Progress"
	if err := storage.May(ctx, s.Kit, v, verb); err != nil {
		return RunProgress{}, err
	}
	run, err := s.Runs.Run(ctx, id)
	if err != nil {
		return RunProgress{}, fmt.Errorf("%s: %w", verb, err)
	}
	p := RunProgress{State: run.State, Members: run.Members}
	posts := run.State == RunPaying || run.State == RunPaid || run.State == RunClosed
	err = s.eachChunk(ctx, id, func(page []RunChunk) error {
		for _, c := range page {
			p.Chunks++
			p.Failed += c.Failed
			p.Posted += c.Posted
			if c.Digest != "" {
				p.Calculated += c.Members
			}
			if posts && c.Posted == c.Members || !posts && c.Digest != "" {
				p.Done++
			}
		}
		return nil
	})
	if err != nil {
		return RunProgress{}, fmt.Errorf("%s: %w", verb, err)
	}
	return p, nil
}

// planChunks cuts a run whose members are all there into its chunks.
func (s Service) planChunks(ctx context.Context, run Run) error {
	next := RunChunk{Run: run.ID}
	for {
		var page []RunChunk
		for len(page) < chunkPage {
			members, err := s.Runs.Members(ctx, run.ID, next.After, run.Chunk)
			if err != nil {
				return err
			}
			if len(members) == 0 {
				break
			}
			next.Members = len(members)
			page = append(page, next)
			next = RunChunk{Run: run.ID, Number: next.Number + 1, After: members[len(members)-1]}
		}
		if len(page) == 0 {
			return nil
		}
		if err := s.Runs.PutChunks(ctx, page...); err != nil {
			return err
		}
	}
}

// chunkPage is how many chunks are read or stored at once.
const chunkPage = 500

// eachChunk walks the chunks of a run by number, a page at a time.
func (s Service) eachChunk(ctx context.Context, id RunID, fn func([]RunChunk) error) error {
	for from := 0; ; {
		page, err := s.Runs.Chunks(ctx, id, from, chunkPage)
		if err != nil || len(page) == 0 {
			return err
		}
		if err := fn(page); err != nil {
			return err
		}
		from = page[len(page)-1].Number + 1
	}
}

// chunkOf returns one chunk of a run, or a [hr.FieldError] with RuleRunChunk.
func (s Service) chunkOf(ctx context.Context, id RunID, number int) (RunChunk, error) {
	found, err := s.Runs.Chunks(ctx, id, number, 1)
	if err == nil && (len(found) == 0 || found[0].Number != number) {
		err = &hr.FieldError{Path: "chunk", Rule: RuleRunChunk, Reason: fmt.Sprintf("the run has no chunk %d", number)}
	}
	if err != nil {
		return RunChunk{}, err
	}
	return found[0], nil
}

// beginAgain takes back what the chunks of a run have calculated, and returns how many payslips are posted. Every chunk is stored, so that
// a unit which is at work on one is refused when it ends.
func (s Service) beginAgain(ctx context.Context, id RunID) (posted int, err error) {
	err = s.eachChunk(ctx, id, func(page []RunChunk) error {
		for i := range page {
			posted += page[i].Posted
			page[i].Digest, page[i].Failed = "", 0
		}
		return s.Runs.PutChunks(ctx, page...)
	})
	return posted, err
}

// chunkCommand is the command of one chunk, and chunkArgs its arguments.
func chunkCommand(cmd hr.Command, number int) hr.Command {
	return part(cmd, fmt.Sprintf("chunk-%d", number))
}

type chunkArgs struct {
	Run   RunID
	Chunk int
}
