"""What may happen in a mentoring scheme: rules as functions over frozen records. No database, no platform, no clock."""
