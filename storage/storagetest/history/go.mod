module github.com/musterhr/hr/storage/storagetest/history

go 1.25.0

require (
	github.com/anishathalye/porcupine v1.3.1
	github.com/shopspring/decimal v1.6.0
)

require github.com/rickar/cal/v2 v2.1.13 // indirect
