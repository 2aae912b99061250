package report

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// marker is in every folder that was written here: only such a folder, or an empty one, is ever replaced.
const marker = "register.csv"

// replace fills a new folder beside dir and puts it in the place of dir when everything in it is written and proven. Whatever
// fails, dir is as it was.
func replace(dir string, fill func(dir string) error) (err error) {
	dir = filepath.Clean(dir)
	if err := ours(dir); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o700); err != nil {
		return fmt.Errorf("the folder to write to cannot be made; choose another with -out: %w", err)
	}
	work, err := os.MkdirTemp(filepath.Dir(dir), ".monthend-")
	if err != nil {
		return fmt.Errorf("nothing can be written beside %s; choose another folder with -out: %w", dir, err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	made, old := filepath.Join(work, "new"), filepath.Join(work, "old")
	if err := os.Mkdir(made, 0o700); err != nil {
		return err
	}
	if err := fill(made); err != nil {
		return err
	}
	if err := os.Rename(dir, old); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s cannot be replaced; close what has it open, or choose another folder with -out: %w", dir, err)
	}
	if err := os.Rename(made, dir); err != nil {
		return errors.Join(err, os.Rename(old, dir))
	}
	return nil
}

// ours refuses a folder with something in it that was not written here.
func ours(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(entries) == 0 {
		return nil
	}
	if err != nil {
		return fmt.Errorf("%s cannot be used; choose another folder with -out: %w", dir, err)
	}
	if _, err := os.Stat(filepath.Join(dir, marker)); err != nil {
		return fmt.Errorf("%s holds files that no month end wrote, and they would be lost: choose another folder with -out", dir)
	}
	return nil
}
