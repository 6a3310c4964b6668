/* finish_masked.c: ids of which a part is hidden, so that those of several people are one. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/text.h"
#include "table/ids/id_list.h"
#include "table/names/column_hints.h"

#define SHOWN_BYTES 80

/* The masked ids of a list, and those of them with the least hashes. */
typedef struct masked {
    size_t ids, of;
    const tsl__id_entry *least[TSL__FOUND_EXAMPLES];
    size_t kept;
} masked;

static void keep_least(masked *m, const tsl__id_entry *e)
{
    size_t at = m->kept;
    while (at > 0 && e->text < m->least[at - 1]->text) {
        at--;
    }
    if (at == TSL__FOUND_EXAMPLES) {
        return;
    }
    const size_t last = m->kept < TSL__FOUND_EXAMPLES ? m->kept++ : TSL__FOUND_EXAMPLES - 1;
    memmove(&m->least[at + 1], &m->least[at], (last - at) * sizeof(m->least[0]));
    m->least[at] = e;
}

static masked count_masked(const tsl__id_list *l)
{
    masked m = {.ids = 0};
    for (size_t i = 0; i < l->own; i++) {
        const tsl__id_entry *e = &l->entry[i];
        m.of += !e->is_alone && e->rows > 0;
        if (e->is_masked && !e->is_alone && e->rows > 0) {
            m.ids++;
            keep_least(&m, e);
        }
    }
    return m;
}

/* `; it may be "buyer" (customer)`: of the columns that play no role, and hide nothing. */
static void put_others(const tsl__reading *r, tsl__text *text)
{
    const tsl__plan *plan = &r->terms.plan;
    char *taken = tsl__plan_list_taken(plan, plan->own_inputs);
    const tsl__file_column *files = r->columns ? r->columns->column : NULL;
    const tsl__header header = {.kind = r->terms.kind,
                                .name = plan->name,
                                .count = plan->own_inputs,
                                .files = files,
                                .looked = files ? plan->own_inputs : 0,
                                .taken = taken};
    tsl__text near = {.failed = !taken};
    for (size_t i = 0; taken && files && i < plan->own_inputs; i++) {
        taken[i] |= (char)tsl__first_cells_are_masked(&files[i].first);
    }
    tsl__column_hint_near(&near, &header, TSL_ROLE_CUSTOMER);
    tsl__text_puts(text, near.length ? near.data : "");
    text->failed |= near.failed;
    tsl__text_free(&near);
    free(taken);
}

static tsl_status note_masked(tsl__reading *r, const tsl__id_list *l, const masked *m, tsl_error *err)
{
    const char *name = r->terms.plan.output[0].name;
    tsl__found what = {.kind = TSL_FINDING_WEAK_IDS, .count = m->ids, .column = name};
    tsl__id_found found[TSL__FOUND_EXAMPLES] = {{.text = NULL}};
    char shown[TSL__FOUND_EXAMPLES][SHOWN_BYTES];
    tsl__text text = {0};
    tsl_status status = TSL_OK;
    tsl__text_printf(&text, "%s: %zu of %zu ids%s hide a part, such as ", name, m->ids, m->of,
                     l->partial ? " that were looked at" : "");
    for (size_t i = 0; i < m->kept; i++) {
        TSL__TRY(tsl__id_list_find(r, m->least[i], &found[i], err));
        tsl__span_show(tsl__span_make(found[i].text), shown[i], sizeof shown[i]);
        what.example[i] = (tsl__found_at){.file = found[i].file, .line = found[i].line, .text = shown[i]};
        tsl__text_printf(&text, "%s\"%s\"", i ? ", " : "", shown[i]);
        if (found[i].file) {
            tsl__text_printf(&text, " (%.*s:%llu)", tsl__text_head(found[i].file, 180), found[i].file,
                             (unsigned long long)found[i].line);
        }
    }
    tsl__text_printf(&text, ", so that several people may be one customer; --%s names another column",
                     tsl_role_get_option(TSL_ROLE_CUSTOMER, r->terms.kind));
    put_others(r, &text);
    TSL__NEED(!text.failed);
    TSL__TRY(tsl__found_add(&r->table->info.notes, &what, "%s", text.data));
done:
    for (size_t i = 0; i < m->kept; i++) {
        free(found[i].text);
    }
    tsl__text_free(&text);
    return status;
}

tsl_status tsl__finish_masked(tsl__reading *r, const tsl__id_list *l, tsl_error *err)
{
    const masked m = count_masked(l);
    return 2 * m.ids > m.of ? note_masked(r, l, &m, err) : TSL_OK;
}
