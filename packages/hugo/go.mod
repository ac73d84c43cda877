module github.com/samara-search/samara/packages/hugo

go 1.20
