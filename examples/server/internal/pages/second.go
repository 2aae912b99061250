package pages

import (
	"context"
	"errors"
	"fmt"
	"image/color"
	"net/http"
	"strings"

	"github.com/boombuler/barcode/qr"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/server/internal/login"
)

func (p *Pages) secondFactor(a adder) {
	a.get("/second-factor", func(w http.ResponseWriter, r Request) error {
		return p.showSecond(w, r, http.StatusOK, secondPage{})
	})
	a.post("/second-factor", func(ctx context.Context, r Request) (string, string, error) {
		_, _, err := p.Accounts.NewSecondFactor(ctx, r.User.Login)
		return "/second-factor", "", err
	})
	a.answer("/second-factor/confirmation", func(w http.ResponseWriter, r Request) error {
		codes, err := p.confirmSecond(r)
		return p.showSecond(w, r, http.StatusOK, secondPage{Codes: codes}, err)
	})
	a.answer("/second-factor/removal", func(w http.ResponseWriter, r Request) error {
		err := p.again(r, r.PostFormValue("code"))
		if err == nil {
			err = p.Accounts.RemoveSecondFactor(r.Context(), r.User.Login)
		}
		return p.showSecond(w, r, http.StatusOK, secondPage{Removed: err == nil}, err)
	})
}

// secondPage is how somebody logs in: whether it takes a code beside the password.
type secondPage struct {
	On      bool
	Outside bool   // the user logs in by the identity provider only
	Left    int    // recovery codes
	Begun   bool   // one was begun, and waits for its first code
	Secret  string // of it, for typing
	QR      drawing
	Codes   []string // recovery codes, shown once
	Removed bool
	Fault   string
}

// drawing is a QR code: how many squares wide it is with its margin, and the dark ones as one path.
type drawing struct {
	Size  int
	Width int // in pixels: whole ones for each square, so that no edge is blurred
	Path  string
}

// showSecond shows how it stands; a fault of what was typed stands above the form.
func (p *Pages) showSecond(w http.ResponseWriter, r Request, status int, page secondPage, faults ...error) (err error) {
	ctx, me := r.Context(), r.User.Login
	if err := errors.Join(faults...); err != nil {
		list := hr.FieldErrors(err)
		if len(list) == 0 {
			return err
		}
		status, page.Fault = http.StatusUnprocessableEntity, title(list[0].Path)+" "+list[0].Reason+"."
	}
	own, err := p.Accounts.HasPassword(ctx, me)
	if err != nil {
		return err
	}
	page.Outside = !own
	if page.On, err = p.Accounts.HasSecondFactor(ctx, me); err != nil {
		return err
	}
	if page.Left, err = p.Accounts.RecoveryCodes(ctx, me); err != nil {
		return err
	}
	if !page.On {
		var address string
		if address, page.Secret, page.Begun, err = p.Accounts.PendingSecondFactor(ctx, me); err != nil {
			return err
		}
		if page.Begun {
			if page.QR, err = drawQR(address); err != nil {
				return err
			}
		}
	}
	p.Show(w, r.Request, status, "second-factor.html", page)
	return nil
}

func (p *Pages) confirmSecond(r Request) ([]string, error) {
	if err := p.again(r, ""); err != nil {
		return nil, err
	}
	return p.Accounts.ConfirmSecondFactor(r.Context(), r.User.Login, r.PostFormValue("code"))
}

// again asks for the login once more, so that a browser that was left open is not enough. What fails counts as a login that fails.
func (p *Pages) again(r Request, code string) error {
	_, err := p.Accounts.Check(r.Context(), r.User.Login, r.PostFormValue("password"), code)
	if errors.Is(err, login.ErrLogin) {
		return &hr.FieldError{Path: "password", Rule: login.RuleLogin, Reason: "and code do not belong to you, or too many were tried"}
	}
	return err
}

// margin is how many light squares stand around a QR code.
const margin = 4

// drawQR draws an address that a telephone reads.
func drawQR(address string) (drawing, error) {
	code, err := qr.Encode(address, qr.M, qr.Auto)
	if err != nil {
		return drawing{}, err
	}
	var path strings.Builder
	size := code.Bounds().Dx()
	for y := range size {
		for x := range size {
			if color.Gray16Model.Convert(code.At(x, y)) == color.Black {
				fmt.Fprintf(&path, "M%d %dh1v1h-1z", x+margin, y+margin)
			}
		}
	}
	return drawing{size + 2*margin, 5 * (size + 2*margin), path.String()}, nil
}
