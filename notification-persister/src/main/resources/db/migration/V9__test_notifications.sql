-- A sender tries it out on themselves before the course gets it; course_id is the course that it is shown to come from.
ALTER TABLE notification ADD COLUMN test boolean NOT NULL DEFAULT false;
