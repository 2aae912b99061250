// Package storagetest proves that a store keeps the contract of package storage.
package storagetest
