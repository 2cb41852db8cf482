"""What is remembered: tables, repositories, the unit of work, migrations. SQLite by default, PostgreSQL by URL."""
