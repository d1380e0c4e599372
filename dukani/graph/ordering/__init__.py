"""The order being edited: from pinned edits to lines, questions, a total and a placed order."""
