/* answers.h: an outcome of two answers, and its cells that say that nobody knows. docs/methods/outcomes.md. */
#ifndef TSL_FEATURE_ANSWERS_H
#define TSL_FEATURE_ANSWERS_H

#include <tesela/feature.h>

/* 1 where a column of numbers holds 0 and 1 alone, or one of a category two values, beside what says that nobody
 * knows. */
int tsl__answers_are_two(const tsl_column *column, size_t rows);
/* 1 where the fit, whose features first .. end - 1 are of one column, found an outcome of two answers: in its cells
 * what says that nobody knows is missing. */
int tsl__answers_were_two(const tsl_recipe *recipe, size_t first, size_t end);
/* Which of an outcome's features first .. end - 1 tells of it: the value that says it happened, else of two the rarer
 * one; end: none does. */
size_t tsl__answers_find_told(const tsl_recipe *recipe, size_t first, size_t end);
/* Likewise of the outcome that is the category called so, where it has two answers; feature_count: it is none such. */
size_t tsl__answers_find_named(const tsl_recipe *recipe, const char *category);
/* Notes whom nobody knows it of, and what is averaged as it stands, and why. named: of a category, as
 * tsl__feature_origin has it; known_alone: the fit found two answers. */
TSL_FALLIBLE tsl_status tsl__answers_note(const tsl_column *column, size_t rows, int known_alone, const uint8_t *named,
                                          tsl_notes *notes, tsl_error *err);

#endif
