"""The main job: whose files count, and what all of them come to."""
