"""Generated shoppers who change their minds, in generated shops: `dukani eval shoppers`."""
