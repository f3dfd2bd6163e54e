"""What goes in and out of a scheme as a whole: tables, and the files that spreadsheets read and write."""
