module github.com/drosshq/dross

go 1.26
