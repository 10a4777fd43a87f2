"""The rules of the product: values and pure functions, standard library only; time is an argument."""
