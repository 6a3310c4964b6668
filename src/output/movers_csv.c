/* movers_csv.c: movers.csv, a line for each customer who is in another group, came or vanished. */
#include <tesela/output.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "output/csv/csv_rows.h"
#include "output/csv/fields.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define HEAD                                                                                                           \
    "customer_id,change,segment_code_then,segment_code_now,tier_then,tier_now,tier_change,lifecycle_then,"             \
    "lifecycle_now,value_then,value_now,changed,reason\n"

/* Texts and tables that do not change from row to row. */
typedef struct sheet {
    const tsl_migration *all;
    char **label; /* of each feature in the language, or NULL */
} sheet;

static const char *get_code(const tsl_roster *roster, int by, size_t row)
{
    const tsl_roster_groups *groups = &roster->by[by];
    return row == SIZE_MAX || !groups->of ? "" : groups->group[groups->of[row]].code;
}

/* ",then,now" */
static void put_codes(const sheet *s, int by, const tsl_migrant *of, tsl__text *out)
{
    tsl__text_append(out, ",", 1);
    tsl__text_csv(out, get_code(s->all->then, by, of->then));
    tsl__text_append(out, ",", 1);
    tsl__text_csv(out, get_code(s->all->now, by, of->now));
}

/* Up or down, by the tiers as they stand now. */
static const char *get_tier_change(const sheet *s, const tsl_migrant *of)
{
    const tsl_moves *moves = &s->all->by[TSL_BY_TIER];
    if (!moves->cell || of->then == SIZE_MAX || of->now == SIZE_MAX) {
        return "";
    }
    const int32_t was = moves->same[s->all->then->by[TSL_BY_TIER].of[of->then]];
    const int32_t is = s->all->now->by[TSL_BY_TIER].of[of->now];
    const tsl_roster_group *tiers = s->all->now->by[TSL_BY_TIER].group;
    return was < 0 || was == is || !*tiers[was].code || !*tiers[is].code ? "" : is < was ? "up" : "down";
}

static void put_value(const sheet *s, const tsl_roster *roster, size_t row, tsl__text *out)
{
    tsl__text_append(out, ",", 1);
    if (s->all->has_value && row != SIZE_MAX && roster->value[row] != TSL_MISSING_INT) {
        tsl__text_decimal(out, roster->value[row], 0);
    }
}

static void put_number(double x, tsl__text *out)
{
    char number[32];
    tsl__shown_write(x, 2, number);
    tsl__text_puts(out, isnan(x) ? "–" : number);
}

/* "days since last purchase 22 → 58; total spend 300 → 310" */
static void put_turns(const sheet *s, const tsl_migrant *of, tsl__text *out)
{
    tsl__text words = {0};
    for (size_t t = 0; t < of->turn_count; t++) {
        const tsl_feature_pair *pair = &s->all->feature[of->turn[t]];
        const tsl_features *then = s->all->then->features, *now = s->all->now->features;
        tsl__text_printf(&words, "%s%s ", t ? "; " : "", s->label[of->turn[t]]);
        put_number(then->x[of->then * then->feature_count + pair->then], &words);
        tsl__text_puts(&words, " → ");
        put_number(now->x[of->now * now->feature_count + pair->now], &words);
    }
    out->failed |= words.failed;
    tsl__text_append(out, ",", 1);
    if (words.data) {
        tsl__text_csv(out, words.data);
    }
    tsl__text_free(&words);
}

static void put_mover(const sheet *s, const tsl_migrant *of, tsl__text *out)
{
    const tsl_roster *then = s->all->then, *now = s->all->now;
    const int gone = of->now == SIZE_MAX, came = of->then == SIZE_MAX;
    tsl__csv_put_cell(gone ? then->id[of->then] : now->id[of->now], out);
    tsl__text_puts(out, gone ? ",vanished" : came ? ",new" : ",moved");
    put_codes(s, TSL_BY_SEGMENT, of, out);
    put_codes(s, TSL_BY_TIER, of, out);
    tsl__text_append(out, ",", 1);
    tsl__text_puts(out, get_tier_change(s, of));
    put_codes(s, TSL_BY_STAGE, of, out);
    put_value(s, then, of->then, out);
    put_value(s, now, of->now, out);
    put_turns(s, of, out);
    tsl__text_append(out, ",", 1);
    if (!gone && now->reason) {
        tsl__csv_put_cell(now->reason[of->now], out);
    }
    tsl__text_append(out, "\n", 1);
}

static void put_movers(const void *what, size_t begin, size_t end, tsl__text *out)
{
    const sheet *s = what;
    for (size_t m = begin; m < end; m++) {
        put_mover(s, &s->all->migrant[m], out);
    }
}

static tsl_status label_features(const tsl_migration *all, const char *lang, char ***out, tsl_error *err)
{
    const char **name = NULL;
    tsl_status status = TSL_OK;
    TSL__NEED(name = tsl__alloc(all->feature_count, sizeof *name));
    for (size_t f = 0; f < all->feature_count; f++) {
        name[f] = all->now->features->feature[all->feature[f].now].name;
    }
    TSL__TRY(tsl_feature_get_labels(name, all->feature_count, lang, out, err));
done:
    free((void *)(uintptr_t)name);
    return status;
}

tsl_status tsl_migration_write(const tsl_migration *migration, const char *lang, const tsl_target *target,
                               const tsl_exec *exec, tsl_error *err)
{
    sheet s = {migration, NULL};
    tsl_status status = TSL_OK;
    tsl__error_reset(err);
    TSL__TRY(label_features(migration, lang, &s.label, err));
    TSL__TRY(tsl__csv_rows_write(&(tsl__csv_rows){HEAD, put_movers, &s, migration->migrant_count}, target, exec, err));
done:
    tsl__free_texts(s.label, s.label ? migration->feature_count : 0);
    return status;
}
