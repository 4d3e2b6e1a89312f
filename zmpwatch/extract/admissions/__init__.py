"""What the board and the circle of members do: admitting, granting, welcoming, growing."""
