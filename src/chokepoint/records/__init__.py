"""What a data, scenario or position file must look like; the only place that validates the project's own files."""
