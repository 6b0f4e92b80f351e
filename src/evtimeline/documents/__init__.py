"""Files that people write: read with line numbers, and every problem named."""
