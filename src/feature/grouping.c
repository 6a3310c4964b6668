/* grouping.c: all customers of the tables, sorted by id, and which rows are
 * whose, by a counting sort. */
#include "feature/grouping.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "feature/catalogue.h"

#include <stdlib.h>
#include <string.h>

/* Union of the sorted dictionaries, by merging; place[t][code] is the customer. */
static tsl_status merge_ids(const tsl_column *const column[TSL_TABLE_KINDS], char *const used[TSL_TABLE_KINDS],
                            uint32_t *const place[TSL_TABLE_KINDS], tsl__grouping *grouping, tsl_error *err)
{
    size_t at[TSL_TABLE_KINDS] = {0}, most = 0, count = 0;
    for (int t = 0; t < TSL_TABLE_KINDS; t++) {
        most += column[t] ? column[t]->dict_count : 0;
    }
    char **id = tsl__alloc(most, sizeof *id);
    if (!id) {
        return tsl__error_nomem(err);
    }
    for (;;) {
        const char *least = NULL;
        for (int t = 0; t < TSL_TABLE_KINDS; t++) {
            while (column[t] && at[t] < column[t]->dict_count && !used[t][at[t]]) {
                at[t]++;
            }
            if (column[t] && at[t] < column[t]->dict_count && (!least || strcmp(column[t]->dict[at[t]], least) < 0)) {
                least = column[t]->dict[at[t]];
            }
        }
        if (!least) {
            break;
        }
        id[count] = tsl__strdup(least);
        if (!id[count]) {
            tsl__free_texts(id, count);
            return tsl__error_nomem(err);
        }
        for (int t = 0; t < TSL_TABLE_KINDS; t++) {
            if (column[t] && at[t] < column[t]->dict_count && strcmp(column[t]->dict[at[t]], id[count]) == 0) {
                place[t][at[t]++] = (uint32_t)count;
            }
        }
        count++;
    }
    grouping->id = id;
    grouping->customers = count;
    return count ? TSL_OK : tsl__error_set(err, TSL_E_INPUT, "no customer is left in the tables");
}

static tsl_status sort_rows(const tsl_column *column, const tsl__clip *clip, const uint32_t *place, size_t customers,
                            tsl__rows *rows, tsl_error *err)
{
    const size_t count = tsl_table_get_rows(rows->table);
    rows->begin = tsl__alloc_zero(customers + 1, sizeof *rows->begin);
    if (!rows->begin) {
        return tsl__error_nomem(err);
    }
    size_t *begin = rows->begin;
    for (size_t i = 0; i < count; i++) {
        if (tsl__clip_has(clip, i)) {
            begin[place[column->code[i]] + 1]++;
        }
    }
    for (size_t c = 0; c < customers; c++) {
        rows->longest = begin[c + 1] > rows->longest ? begin[c + 1] : rows->longest;
        begin[c + 1] += begin[c];
    }
    rows->row = tsl__alloc(begin[customers], sizeof *rows->row);
    if (!rows->row) {
        return tsl__error_nomem(err);
    }
    for (size_t i = 0; i < count; i++) {
        if (tsl__clip_has(clip, i)) {
            rows->row[begin[place[column->code[i]]]++] = (uint32_t)i;
        }
    }
    memmove(begin + 1, begin, customers * sizeof *begin);
    begin[0] = 0;
    return TSL_OK;
}

typedef struct kind_word {
    const char *word; /* lower case, part of the kind's name */
    uint8_t flag;
} kind_word;

static const kind_word kind_words[] = {
    {"visit", TSL__VISIT},        {"session", TSL__VISIT},   {"browse", TSL__VISIT},    {"浏览", TSL__VISIT},
    {"访问", TSL__VISIT},         {"service", TSL__SERVICE}, {"support", TSL__SERVICE}, {"contact", TSL__SERVICE},
    {"ticket", TSL__SERVICE},     {"call", TSL__SERVICE},    {"客服", TSL__SERVICE},    {"服务", TSL__SERVICE},
    {"complain", TSL__COMPLAINT}, {"投诉", TSL__COMPLAINT},
};

static uint8_t flags_of_kind(const char *kind)
{
    char lower[128];
    size_t n = 0;
    for (; kind[n] && n + 1 < sizeof lower; n++) {
        lower[n] = tsl__lower(kind[n]);
    }
    lower[n] = '\0';
    uint8_t flags = 0;
    for (size_t i = 0; i < sizeof kind_words / sizeof kind_words[0]; i++) {
        flags |= strstr(lower, kind_words[i].word) ? kind_words[i].flag : 0;
    }
    return flags;
}

static tsl_status classify_kinds(const tsl_table *interactions, tsl__grouping *grouping, tsl_error *err)
{
    const tsl_column *kind = interactions ? tsl_table_get_role(interactions, TSL_ROLE_KIND) : NULL;
    if (!kind) {
        return TSL_OK;
    }
    grouping->kind_flags = tsl__alloc(kind->dict_count, 1);
    if (!grouping->kind_flags) {
        return tsl__error_nomem(err);
    }
    for (size_t i = 0; i < kind->dict_count; i++) {
        grouping->kind_flags[i] = flags_of_kind(kind->dict[i]);
    }
    return TSL_OK;
}

tsl_status tsl__grouping_open(const tsl_tables *tables, int32_t from, tsl__grouping *grouping, tsl_error *err)
{
    const tsl_table *const table[TSL_TABLE_KINDS] = {[TSL_TRANSACTIONS] = tables->transactions,
                                                     [TSL_CUSTOMERS] = tables->customers,
                                                     [TSL_INTERACTIONS] = tables->interactions};
    const tsl_column *column[TSL_TABLE_KINDS] = {NULL};
    char *used[TSL_TABLE_KINDS] = {NULL};
    uint32_t *place[TSL_TABLE_KINDS] = {NULL};
    tsl__clip clip[TSL_TABLE_KINDS];
    tsl_status status = TSL_OK;
    *grouping = (tsl__grouping){.as_of = TSL_NO_DAY};
    for (int t = 0; t < TSL_TABLE_KINDS && status == TSL_OK; t++) {
        if (table[t]) {
            if (tsl_table_get_rows(table[t]) >= UINT32_MAX) {
                status = tsl__error_set(err, TSL_E_INPUT, "%s: more than 4294967294 rows",
                                        tsl_table_kind_get_name(tsl_table_get_kind(table[t])));
                break;
            }
            column[t] = tsl_table_get_role(table[t], TSL_ROLE_CUSTOMER);
            clip[t] = tsl__clip_of(table[t], from, tables->clip ? tables->as_of : TSL_NO_DAY);
            used[t] = tsl__clip_mark_codes(&clip[t], column[t], tsl_table_get_rows(table[t]));
            place[t] = tsl__alloc(column[t]->dict_count, sizeof *place[t]);
            status = used[t] && place[t] ? TSL_OK : tsl__error_nomem(err);
        }
    }
    if (status == TSL_OK) {
        status = merge_ids(column, used, place, grouping, err);
    }
    for (int t = 0; t < TSL_TABLE_KINDS && status == TSL_OK; t++) {
        grouping->rows[t].table = table[t];
        if (table[t]) {
            status = sort_rows(column[t], &clip[t], place[t], grouping->customers, &grouping->rows[t], err);
        }
    }
    if (status == TSL_OK) {
        status = classify_kinds(table[TSL_INTERACTIONS], grouping, err);
    }
    for (int t = 0; t < TSL_TABLE_KINDS; t++) {
        free(used[t]);
        free(place[t]);
    }
    if (status != TSL_OK) {
        tsl__grouping_free(grouping);
    }
    return status;
}

void tsl__grouping_free(tsl__grouping *grouping)
{
    tsl__free_texts(grouping->id, grouping->customers);
    for (int t = 0; t < TSL_TABLE_KINDS; t++) {
        free(grouping->rows[t].begin);
        free(grouping->rows[t].row);
    }
    free(grouping->kind_flags);
    *grouping = (tsl__grouping){0};
}
