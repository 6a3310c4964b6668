/*
 * hidden_cells.c: a message without the cells that name people.
 *
 * A message has cells in quotes, or as texts of a condition that it proposes. Whatever stands there and is not known to
 * be harmless is hidden: an id may be shown in another spelling than the file's.
 */
#include "table/hidden_cells.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "table/names/header_words.h"
#include "table/names/id_words.h"
#include "table/names/status_words.h"

#define HIDDEN "..."

/* Findings on money, dates and the form of a file, whichever column they name. */
static int is_of_nobody(tsl_finding_kind kind)
{
    static const tsl_finding_kind kinds[] = {TSL_FINDING_MIXED_CURRENCIES, TSL_FINDING_DOUBTFUL_DATES,
                                             TSL_FINDING_DOUBTFUL_NUMBERS, TSL_FINDING_MISSING_ROLE,
                                             TSL_FINDING_LINES_ABOVE,      TSL_FINDING_SEVERAL_SHEETS,
                                             TSL_FINDING_MISSING_COLUMN,   TSL_FINDING_LATE_KEYS,
                                             TSL_FINDING_MERGED_CELLS,     TSL_FINDING_LENT_DATE_ORDER};
    size_t i = 0;
    while (i < sizeof kinds / sizeof *kinds && kinds[i] != kind) {
        i++;
    }
    return i < sizeof kinds / sizeof *kinds;
}

/* A word for nobody, to try with, or of a sale that is none, is no one's name. */
static int has_open(const tsl__open_texts *open, tsl__span text)
{
    return tsl__id_word_find(text) != TSL__ID_WORD_NONE || tsl__status_is_no_sale(text) ||
           open->has_text(open->user, text);
}

static int is_of_word(char c)
{
    return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

/* 1: the text stands here by itself, and not within a word or a number: the id 2 is not of "12 rows". */
static int stands_here(const char *message, const char *at, const char *text, size_t n)
{
    if (strncmp(at, text, n) != 0 || (at > message && is_of_word(at[-1]) && is_of_word(*at))) {
        return 0;
    }
    const int is_mark = (at[n] == '.' || at[n] == ',') && isdigit((unsigned char)at[n + 1]);
    return !is_of_word(at[n - 1]) || !(is_mark || is_of_word(at[n]));
}

/* The bytes of an example's cell that stands here, of a column that may name people; 0: none. */
static size_t find_cell(const tsl_table_finding *f, const tsl__open_texts *open, const char *at)
{
    size_t longest = 0;
    for (size_t i = 0; i < f->example_count; i++) {
        const tsl_finding_example *e = &f->example[i];
        const size_t n = e->text ? strlen(e->text) : 0;
        const int is_open = e->column && open->has_column(open->user, e->column);
        longest = n > longest && !is_open && stands_here(f->message, at, e->text, n) ? n : longest;
    }
    return longest;
}

/* Is what was put so far an option, whose value follows? */
static int ends_in_option(const tsl__text *out)
{
    size_t at = out->length;
    if (at == 0 || out->data[at - 1] != ' ') {
        return 0;
    }
    for (at--; at > 0 && (islower((unsigned char)out->data[at - 1]) || out->data[at - 1] == '-'); at--) {
    }
    return out->data[at] == '-' && out->data[at + 1] == '-';
}

/* The end of a quoted text, whose first byte this is; NULL: it is no quote. */
static const char *find_close(const char *at)
{
    const char quote = *at++;
    while (*at && (*at != quote || at[-1] == '\\')) {
        at++;
    }
    return *at ? at : NULL;
}

/* 1: a condition that is proposed lacks what it is about. */
static int put_hidden(const tsl_table_finding *f, const tsl__open_texts *open, tsl__text *out)
{
    /* A condition may be of other columns than the finding. */
    const int is_open = is_of_nobody(f->kind) || (f->column && open->has_column(open->user, f->column));
    const char *argument = NULL; /* the end of the condition that it stands in */
    int lacks = 0;
    for (const char *at = f->message; *at;) {
        const size_t n = find_cell(f, open, at);
        const size_t cell = n && !has_open(open, (tsl__span){at, n}) ? n : 0;
        const char quote = argument ? '\'' : '"';
        const char *close = *at == quote ? find_close(at) : NULL;
        if (cell) {
            tsl__text_puts(out, HIDDEN);
            lacks |= argument != NULL;
            at += cell;
        } else if (close && !argument && ends_in_option(out)) {
            argument = close;
            tsl__text_append(out, at++, 1);
        } else if (close && (!argument || close < argument)) {
            const tsl__span text = {at + 1, (size_t)(close - at - 1)};
            const int shown = text.n == 0 || (is_open && !argument) || has_open(open, text);
            lacks |= argument && !shown;
            tsl__text_printf(out, "%c%.*s%c", quote, shown ? (int)text.n : (int)strlen(HIDDEN), shown ? text.s : HIDDEN,
                             quote);
            at = close + 1;
        } else {
            argument = at == argument ? NULL : argument;
            tsl__text_append(out, at++, 1);
        }
    }
    return lacks;
}

tsl_status tsl__hidden_cells_put(tsl_table_finding *f, const tsl__open_texts *open, tsl_error *err)
{
    tsl__text out = {0};
    tsl_status status = TSL_OK;
    tsl__text_puts(&out, put_hidden(f, open, &out) ? " (tesela check --show-values shows it)" : "");
    TSL__NEED(!out.failed);
    free((void *)(uintptr_t)f->hidden);
    f->hidden = NULL;
    if (out.data && strcmp(out.data, f->message) != 0) {
        f->hidden = tsl__text_take(&out);
        TSL__NEED(f->hidden);
    }
done:
    tsl__text_free(&out);
    return status;
}

/* ---- Where no cell is known --------------------------------------------------------- */

static int is_called(const char *column, tsl_role role, const char *name)
{
    return (column && strcmp(column, name) == 0) ||
           (role != TSL_ROLE_NONE && strcmp(tsl_role_get_name(role), name) == 0);
}

static tsl_role find_role(const tsl__plan *plan, size_t input)
{
    size_t o = 0;
    while (o < plan->outputs && (plan->output[o].input != input || plan->output[o].role == TSL_ROLE_NONE)) {
        o++;
    }
    return o < plan->outputs ? plan->output[o].role : TSL_ROLE_NONE;
}

int tsl__hidden_cells_has(const tsl__plan *plan, size_t input)
{
    const tsl_role role = find_role(plan, input);
    const int is_key = role == TSL_ROLE_NONE && tsl__name_hints(plan->name[input], TSL__HINT_KEY);
    return is_key || tsl__name_is_personal(plan->name[input], role);
}

/* A column that is there, and none so called may name people: a key's cells may. */
static int has_plan_column(const void *user, const char *name)
{
    const tsl__plan *plan = user;
    int there = 0;
    for (size_t i = 0; i < plan->inputs; i++) {
        if (is_called(plan->name[i], find_role(plan, i), name)) {
            if (tsl__hidden_cells_has(plan, i)) {
                return 0;
            }
            there = 1;
        }
    }
    for (size_t o = 0; o < plan->outputs; o++) { /* an expression, too */
        const tsl__plan_output *out = &plan->output[o];
        if (is_called(out->name, out->role, name)) {
            if (tsl__name_is_personal(out->name ? out->name : "", out->role)) {
                return 0;
            }
            there = 1;
        }
    }
    return there;
}

static int has_plan_text(const void *user, tsl__span text)
{
    const tsl__plan *plan = user;
    size_t i = 0;
    while (i < plan->inputs && !tsl__span_equal(tsl__span_make(plan->name[i]), text)) {
        i++;
    }
    return i < plan->inputs;
}

tsl_status tsl__hidden_cells_fill(tsl__finding_list *list, const tsl__plan *plan, tsl_error *err)
{
    const tsl__open_texts open = {has_plan_text, has_plan_column, plan};
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < list->count; i++) {
        TSL__TRY(tsl__hidden_cells_put(&list->of[i], &open, err));
    }
done:
    return status;
}

/* The note that says what the finding does says it without cells. */
static void settle_note(const tsl_table_finding *f, tsl_notes *notes, char **text)
{
    for (size_t i = 0; i < notes->count && *text; i++) {
        if (strcmp(notes->text[i], f->message) == 0) {
            free(notes->text[i]);
            notes->text[i] = *text;
            *text = NULL;
        }
    }
}

static tsl_status settle_finding(tsl_table_finding *f, tsl_notes *notes, tsl_error *err)
{
    char *text = NULL;
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < f->example_count; i++) {
        free((void *)(uintptr_t)f->example[i].text);
        f->example[i].text = NULL;
    }
    if (f->hidden) {
        TSL__NEED(text = tsl__strdup(f->hidden));
        settle_note(f, notes, &text);
        free((void *)(uintptr_t)f->message);
        f->message = f->hidden;
        f->hidden = NULL;
    }
done:
    free(text);
    return status;
}

tsl_status tsl__hidden_cells_settle(tsl__finding_list *list, tsl_notes *notes, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < list->count; i++) {
        TSL__TRY(settle_finding(&list->of[i], notes, err));
    }
done:
    return status;
}
