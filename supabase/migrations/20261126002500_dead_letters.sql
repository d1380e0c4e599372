-- An event that no turn could handle is a dead letter: a person has it.
alter table conversation_events rename column given_up to dead_letter;
