-- The day of effect that an act gives another: it counts instead of that which the other states.
ALTER TABLE document_relations ADD COLUMN target_effective_on {text};
CREATE INDEX document_relations_of_effect ON document_relations (target_id) WHERE target_effective_on IS NOT NULL;

-- The first and the last day on which provisions take effect that do so on days of their own.
ALTER TABLE document_editions ADD COLUMN first_part_on {text};
ALTER TABLE document_editions ADD COLUMN last_part_on {text};
-- Whether the text speaks of exceptions from its day of effect that were not read.
ALTER TABLE document_editions ADD COLUMN parts_unread {bool} NOT NULL DEFAULT FALSE;
