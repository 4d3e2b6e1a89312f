"""The text made uniform: noise, torn words and other ways of writing taken out, offsets kept."""
