"""The ideas board: an idea is a thread of kind `idea` with votes, a status and an official answer."""
