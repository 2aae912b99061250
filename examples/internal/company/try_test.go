package company
import ("testing";"os";"fmt")
func TestTry(t *testing.T){ c,err:=Read(os.DirFS("../../monthend/company")); fmt.Println(err); fmt.Println(len(c.People),len(c.Punches),len(c.Lots),len(c.Leave)); if c.Plan!=nil {fmt.Println(c.Plan.Warnings())} }
