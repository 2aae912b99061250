package pain001

import "encoding/xml"

// The XML of a file, in the order that the schema wants. It has the elements of both versions; which of them a version has, check says.

type document struct {
	XMLName xml.Name
	Body    initiation `xml:"CstmrCdtTrfInitn"`
}

type initiation struct {
	Header   groupHeader   `xml:"GrpHdr"`
	Payments []instruction `xml:"PmtInf"`
}

type groupHeader struct {
	Message   string `xml:"MsgId"`
	Created   string `xml:"CreDtTm"`
	Count     string `xml:"NbOfTxs"`
	Sum       string `xml:"CtrlSum,omitempty"`
	Initiator party  `xml:"InitgPty"`
}

type instruction struct {
	ID      string      `xml:"PmtInfId"`
	Method  string      `xml:"PmtMtd"`
	Batch   string      `xml:"BtchBookg,omitempty"`
	Count   string      `xml:"NbOfTxs,omitempty"`
	Sum     string      `xml:"CtrlSum,omitempty"`
	Type    paymentType `xml:"PmtTpInf"`
	Day     execution   `xml:"ReqdExctnDt"`
	Debtor  party       `xml:"Dbtr"`
	Account account     `xml:"DbtrAcct"`
	Bank    bank        `xml:"DbtrAgt"`
	For     *party      `xml:"UltmtDbtr"`
	Charges string      `xml:"ChrgBr,omitempty"`
	Credits []credit    `xml:"CdtTrfTxInf"`
}

type paymentType struct {
	Service *code `xml:"SvcLvl"`
	Purpose *code `xml:"CtgyPurp"`
}

type code struct {
	Code string `xml:"Cd"`
}

// execution is a day, in .03 as text and in .09 in an element of its own.
type execution struct {
	Text string `xml:",chardata"`
	Day  string `xml:"Dt,omitempty"`
}

type party struct {
	Name    string   `xml:"Nm"`
	Address *address `xml:"PstlAdr"`
	ID      *string  `xml:"Id>OrgId>Othr>Id"` // nil: none; of an empty text the elements around it would be written
}

type address struct {
	Street   string   `xml:"StrtNm,omitempty"`
	Building string   `xml:"BldgNb,omitempty"`
	PostCode string   `xml:"PstCd,omitempty"`
	Town     string   `xml:"TwnNm,omitempty"`
	Country  string   `xml:"Ctry,omitempty"`
	Lines    []string `xml:"AdrLine"`
}

type account struct {
	IBAN     string `xml:"Id>IBAN"`
	Currency string `xml:"Ccy,omitempty"`
}

type bank struct {
	Institution institution `xml:"FinInstnId"`
}

type institution struct {
	BIC   string `xml:"BIC,omitempty"`   // .03
	BICFI string `xml:"BICFI,omitempty"` // .09
	Other *other `xml:"Othr"`
}

type other struct {
	ID string `xml:"Id"`
}

type credit struct {
	ID      creditID `xml:"PmtId"`
	Amount  amount   `xml:"Amt>InstdAmt"`
	Bank    *bank    `xml:"CdtrAgt"`
	Payee   party    `xml:"Cdtr"`
	Account account  `xml:"CdtrAcct"`
	Purpose *code    `xml:"Purp"`
	Text    *remit   `xml:"RmtInf"`
}

type creditID struct {
	Instruction string `xml:"InstrId,omitempty"`
	EndToEnd    string `xml:"EndToEndId"`
	UETR        string `xml:"UETR,omitempty"` // .09
}

type amount struct {
	Currency string `xml:"Ccy,attr"`
	Text     string `xml:",chardata"`
}

type remit struct {
	Text string `xml:"Ustrd"`
}

// optional is nil for the empty text.
func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
