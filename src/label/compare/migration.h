/* migration.h: the parts of a comparison of two runs. */
#ifndef TSL_LABEL_COMPARE_MIGRATION_H
#define TSL_LABEL_COMPARE_MIGRATION_H

#include <tesela/label.h>

/* Who is where in the other roster; SIZE_MAX: nowhere. */
typedef struct tsl__match {
    size_t *now, *then; /* of each row of the roster then, and of now */
} tsl__match;

/* same_model.c: which parts of both models are alike. */
void tsl__same_model_fill(tsl_migration *all);
/* move_table.c: the table of moves of one kind of groups, and what became of each group's value. TSL_E_INPUT: sums
 * beyond the range. */
TSL_FALLIBLE tsl_status tsl__moves_fill(const tsl_migration *all, const tsl__match *match, tsl_by by, tsl_moves *moves,
                                        tsl_error *err);
void tsl__moves_close(tsl_moves *moves);
/* The value of a row that is known, else 0; a run without values has none. */
int64_t tsl__roster_get_value(const tsl_migration *all, const tsl_roster *roster, size_t row);
/* *sum += value; 1 where it cannot hold it. */
static inline int tsl__sum_is_beyond(int64_t *sum, int64_t value)
{
    return __builtin_add_overflow(*sum, value, sum);
}
/* migrants.c: who is elsewhere, or in one run alone. */
TSL_FALLIBLE tsl_status tsl__migrants_fill(tsl_migration *all, const tsl__match *match, tsl_error *err);
/* turns.c: what changed most for them, one by one and cell by cell. */
TSL_FALLIBLE tsl_status tsl__turns_fill(tsl_migration *all, const tsl_exec *exec, tsl_error *err);
/* feature_pairs.c: the features that both have, and how far they have moved. */
TSL_FALLIBLE tsl_status tsl__feature_pairs_fill(tsl_migration *all, const tsl_exec *exec, tsl_error *err);

#endif
