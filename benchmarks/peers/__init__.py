"""Programs of the libraries that the product is measured beside: each runs by itself, in `.bench`, and never here."""
