"""What the product can do: use cases over ports. Each reads as a table of contents."""
