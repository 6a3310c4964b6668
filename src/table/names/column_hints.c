/* column_hints.c: messages on columns that are not there. */
#include "table/names/column_hints.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "table/names/date_parts.h"
#include "table/names/header_words.h"
#include "table/names/roles.h"

/* Marks by which other programs divide fields, and how they are shown. */
static const char *const marks[][2] = {{"\x01", "\\x01"}, {"\x02", "\\x02"}, {"\x1E", "\\x1E"}, {"\x1F", "\\x1F"},
                                       {"^", "^"},        {"~", "~"},        {":", ":"},        {"!", "!"},
                                       {"*", "*"},        {"§", "§"},        {"¦", "¦"},        {"¬", "¬"},
                                       {"，", "，"},      {"；", "；"},      {"、", "、"},      {"｜", "｜"}};

/* The mark that stands in the name most often, as it is shown; NULL: none does. */
static const char *find_mark(const char *name)
{
    const char *found = NULL;
    size_t most = 0;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t times = 0;
        for (const char *at = name; (at = strstr(at, marks[i][0])); at += strlen(marks[i][0])) {
            times++;
        }
        found = times > most ? marks[i][1] : found;
        most = times > most ? times : most;
    }
    return found;
}

/* One column is hardly meant where others are looked for. */
static void list_columns(tsl__text *text, const char *const *names, size_t count, char delimiter)
{
    const char *mark = count == 1 ? find_mark(names[0]) : NULL;
    if (count != 1) {
        tsl__text_puts(text, "; the columns are: ");
    } else if (mark) {
        tsl__text_printf(text,
                         "; the lines came out as one column, which \"%s\" seems to divide: write the file again with "
                         "comma, semicolon, tab or pipe: ",
                         mark);
    } else if (delimiter) {
        tsl__text_puts(text, "; the lines came out as one column, as the delimiter that was asked for divides none; "
                             "expected --delimiter comma, semicolon, tab, pipe or blanks, or none, which finds it: ");
    } else {
        tsl__text_puts(text, "; the lines came out as one column, so that the delimiter may be another one than comma, "
                             "semicolon, tab or pipe; where blanks divide them, --delimiter blanks says it: ");
    }
    tsl__names_put(text, names, count);
}

void tsl__column_hint_list(tsl__text *text, const tsl__header *h)
{
    list_columns(text, h->name, h->count, h->delimiter);
    tsl__text_puts(text, h->is_given ? " (where another line has the names, --header N says which)"
                                     : " (the first line is taken for data; --header yes takes it for names, "
                                       "--header N line N)");
    if (h->sheets) {
        tsl__text_printf(text, " (the sheets are: %s; --sheet names one)", h->sheets);
    }
}

char *tsl__column_hint_put(const char *name, const char *const *names, size_t count, char out[TSL__HINT_BYTES])
{
    tsl__text text = {0};
    if (!tsl__nearest_put(&text, name, names, count)) {
        list_columns(&text, names, count, 0);
    }
    snprintf(out, TSL__HINT_BYTES, "%s", text.failed ? "" : text.data);
    tsl__text_free(&text);
    return out;
}

/* May its cells be of the role? Of a time they tell it themselves, whatever the name is: 1 where they are dates; -1:
 * the name is to tell. */
static int may_hold(const tsl__header *h, size_t i, tsl_role role)
{
    const tsl__first_cells *first = h->files && i < h->looked ? &h->files[i].first : NULL;
    if (role != TSL_ROLE_TIME || !first || first->cells == 0 || tsl__first_cells_are_stamps(first)) {
        return -1;
    }
    return tsl__first_cells_are_dates(first) && !tsl__name_hints(h->name[i], TSL__HINT_BIRTH);
}

/* Free columns that may play the role, by their cells, by their words, or as their names come near one of the role's.
 */
void tsl__column_hint_near(tsl__text *text, const tsl__header *h, tsl_role role)
{
    char meant[128];
    for (size_t i = 0; i < h->count; i++) {
        const int is_free = !h->taken || !h->taken[i], holds = is_free ? may_hold(h, i, role) : 0;
        const int may = holds > 0 || (holds && tsl__name_may_be(h->name[i], role));
        const int near = holds && !tsl__name_is_never(h->name[i], role) &&
                         tsl__role_guess(role, h->kind, h->name[i], meant, sizeof meant);
        if (may || near) {
            tsl__text_printf(text, "%s\"%s\" (%s)", text->length ? ", " : "; it may be ", h->name[i],
                             near ? meant : tsl_role_get_name(role));
        }
    }
}

void tsl__column_hint_parts(tsl__text *text, const tsl__header *h)
{
    char **folded = tsl__names_fold(h->name, h->count);
    if (!folded) {
        text->failed = 1;
        return;
    }
    const tsl__date_parts found = tsl__date_parts_find((const char *const *)folded, h->count);
    const size_t part[] = {found.year, found.month, found.day};
    const char *name[sizeof part / sizeof *part];
    size_t count = 0;
    for (size_t i = 0; i < sizeof part / sizeof *part; i++) {
        if (part[i] < h->count) {
            name[count++] = h->name[part[i]];
        }
    }
    if (count) {
        tsl__text_puts(text, "; ");
        tsl__names_put(text, name, count);
        tsl__text_puts(text, " are parts of a date: a column of whole dates is needed, such as 2024-01-31");
    }
    free(folded);
}

/* How to say which columns play the roles. */
static void list_ways(tsl__text *text, const tsl__header *h, const tsl_role *role, size_t roles)
{
    if (h->kind == TSL_CUSTOMERS) {
        tsl__text_puts(text, "; name the one that holds it by --customer-id COLUMN (customers.id in the "
                             "configuration); where none does, --customer-id \"" TSL_ROW_NUMBER
                             "\" takes the number of the row");
        return;
    }
    int amount = 0;
    tsl__text_puts(text, "; name it by ");
    for (size_t i = 0; i < roles; i++) {
        tsl__text_printf(text, "%s--%s COLUMN", i ? ", " : "", tsl_role_get_option(role[i], h->kind));
        amount |= role[i] == TSL_ROLE_AMOUNT;
    }
    tsl__text_printf(text, " (%s.columns in the configuration)", tsl_table_kind_get_name(h->kind));
    if (amount) {
        tsl__text_puts(text, "; where no column says what a row is worth, --amount 1 counts each as one");
    }
}

tsl_status tsl__column_hint_fail(const tsl__header *h, const tsl_role *role, size_t roles, tsl_error *err)
{
    tsl__text what = {0}, near = {0}, rest = {0};
    int is_timeless = 0;
    for (size_t i = 0; i < roles; i++) {
        const char *joint = i == 0 ? "" : i + 1 < roles ? ", " : " or ";
        tsl__text_printf(&what, "%sthe %s", joint, tsl_role_get_name(role[i]));
        tsl__column_hint_near(&near, h, role[i]);
        is_timeless |= role[i] == TSL_ROLE_TIME;
    }
    if (is_timeless) {
        tsl__column_hint_parts(&rest, h);
    }
    list_ways(&rest, h, role, roles);
    tsl__column_hint_list(&rest, h);
    tsl_status status =
        what.failed || near.failed || rest.failed
            ? tsl__error_nomem(err)
            : tsl__error_set(err, TSL_E_NOT_FOUND, "%s: no column of these %s is recognised as %s%s%s", h->path,
                             tsl_table_kind_get_name(h->kind), what.data, near.length ? near.data : "", rest.data);
    tsl__text_free(&what);
    tsl__text_free(&near);
    tsl__text_free(&rest);
    return status;
}
