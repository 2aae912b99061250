// Package sif writes and reads the salary information file of the wages protection system (WPS) of the United Arab Emirates: a line
// EDR for each employee, and a last line SCR that counts and sums them.
//
//	EDR,person id,bank,IBAN or card,from,through,days,fixed pay,variable pay,days of unpaid leave
//	SCR,employer id,bank,date,HHMM,MMYYYY,employees,total,AED,reference
//
// The file says how pay is made up, which a payment batch does not: [New] asks for it beside the batch, and refuses a split that is not the amount
// of the payment. [Write] writes a file and [Read] reads one back; any faulty line refuses the file, as the system itself would. The
// name of a file is [FileName].
//
// Some banks want a line EVP behind an EDR with variable pay; its layout is the bank's own and is not written here. Qatar's file of the same
// name is another format.
package sif
