/* finish_kinds.c: kinds of interactions of which none is known: nothing can be counted by them. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/text.h"
#include "expr/quote.h"
#include "table/names/kind_words.h"
#include "table/reading.h"

#define NAMED ((size_t)3)

typedef struct frequency {
    const char *kind;
    uint64_t rows;
} frequency;

static int compare_rows(const void *a, const void *b)
{
    const frequency *x = a, *y = b;
    return x->rows != y->rows ? (x->rows < y->rows ? 1 : -1) : strcmp(x->kind, y->kind);
}

/* The column's kinds, the most frequent first, owned. */
static tsl_status rank_kinds(const tsl__reading *r, size_t output, const tsl_column *c, frequency **out, tsl_error *err)
{
    frequency *of = *out = tsl__alloc_zero(c->dict_count, sizeof *of);
    if (!of) {
        return tsl__error_nomem(err);
    }
    for (size_t i = 0; i < c->dict_count; i++) {
        of[i] = (frequency){c->dict[i], r->shards ? r->sums.column[output].code[i] : 0};
    }
    for (size_t row = 0; !r->shards && row < r->rows; row++) {
        if (c->code[row] >= 0) {
            of[c->code[row]].rows++;
        }
    }
    qsort(of, c->dict_count, sizeof *of, compare_rows);
    return TSL_OK;
}

tsl_status tsl__finish_kinds(tsl__reading *r, size_t output, const tsl_column *c, tsl_error *err)
{
    tsl_status status = TSL_OK;
    frequency *kind = NULL;
    tsl__text text = {0};
    uint64_t rows = 0;
    if (c->role != TSL_ROLE_KIND || !c->dict_count || tsl__kind_has_known(c)) {
        return TSL_OK;
    }
    TSL__TRY(rank_kinds(r, output, c, &kind, err));
    for (size_t i = 0; i < c->dict_count; i++) {
        rows += kind[i].rows;
        if (i < NAMED) {
            tsl__text_printf(&text, "%s\"%.*s\" in %llu row%s", i ? ", " : "", tsl__text_head(kind[i].kind, 60),
                             kind[i].kind, (unsigned long long)kind[i].rows, kind[i].rows == 1 ? "" : "s");
        }
    }
    tsl__text_puts(&text, c->dict_count > NAMED ? ", ...): " : "): ");
    tsl__text_puts(&text,
                   "visits, service_contacts and complaints are missing; a line of features.lines counts what you "
                   "name (level: interactions, aggregate: count, filter: ");
    tsl__expr_put_name(&text, c->name);
    tsl__text_puts(&text, " = ");
    tsl__expr_put_text(&text, kind[0].kind);
    TSL__NEED(!text.failed);
    TSL__TRY(tsl__found_add(
        &r->table->info.notes, &(tsl__found){.kind = TSL_FINDING_UNKNOWN_KINDS, .count = rows, .column = c->name},
        "%s: no kind is known for a visit, a contact with the service or a complaint (%s)", c->name, text.data));
done:
    tsl__text_free(&text);
    free(kind);
    return status;
}
