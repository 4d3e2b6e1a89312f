"""How a document is built: headings, paragraphs, rows, side lists, sentences, clauses, and the whole of it as read."""
