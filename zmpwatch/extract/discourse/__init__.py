"""What a text has been about so far, who speaks, and what it takes back, denies or only supposes."""
