"""One module a kind of evidence. Everything is watched passively over CDP: nothing here changes what a page does or gets."""
