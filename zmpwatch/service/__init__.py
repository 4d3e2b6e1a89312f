"""The use cases, one module each: the only place where packages meet."""
