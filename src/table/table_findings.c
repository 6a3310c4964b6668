/* table_findings.c: the kinds of findings, lists of them, and the gate that refuses a table for some. */
#include "table/table_findings.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"

/* ---- Kinds --------------------------------------------------------------- */

/* docs/findings.md tells the same at length. */
static const struct {
    const char *name;
    tsl_severity severity;
    const char *meaning;
} kinds[TSL_FINDING_KINDS] = {
    [TSL_FINDING_NONE] = {"none", TSL_SEVERITY_INFO, "nothing is amiss"},
    [TSL_FINDING_MIXED_CURRENCIES] = {"mixed_currencies", TSL_SEVERITY_ERROR,
                                      "amounts are in several currencies, which do not add up"},
    [TSL_FINDING_DOUBTFUL_DATES] = {"doubtful_dates", TSL_SEVERITY_ERROR,
                                    "dates that may be read in two ways, or that mix two kinds"},
    [TSL_FINDING_DOUBTFUL_NUMBERS] =
        {"doubtful_numbers", TSL_SEVERITY_ERROR,
         "numbers whose comma or point may divide thousands or decimals, or whose unit is not sure"},
    [TSL_FINDING_MISSING_ROLE] = {"missing_role", TSL_SEVERITY_ERROR,
                                  "no column is found for what the table must have, or an option asks for"},
    [TSL_FINDING_TOO_MANY_REJECTS] = {"too_many_rejects", TSL_SEVERITY_ERROR,
                                      "more rows cannot be read than max_rejects allows"},
    [TSL_FINDING_NO_USABLE_ROW] = {"no_usable_row", TSL_SEVERITY_ERROR,
                                   "the table has no row, or none that can be used"},
    [TSL_FINDING_REFUSED] = {"refused", TSL_SEVERITY_ERROR,
                             "the table is refused for another reason, which the message tells"},
    [TSL_FINDING_REJECTED_NO_CUSTOMER] = {"rejected_no_customer", TSL_SEVERITY_WARNING,
                                          "rows without a customer are not used"},
    [TSL_FINDING_REJECTED_BAD_CELL] = {"rejected_bad_cell", TSL_SEVERITY_WARNING,
                                       "rows with a cell that is not what its column needs are not used"},
    [TSL_FINDING_REJECTED_RAGGED] = {"rejected_ragged", TSL_SEVERITY_WARNING,
                                     "lines that have too few or too many fields, or a stray quote, are not used"},
    [TSL_FINDING_REJECTED_ENCODING] = {"rejected_encoding", TSL_SEVERITY_WARNING,
                                       "lines whose bytes are no text are not used"},
    [TSL_FINDING_REJECTED_AFTER_AS_OF] = {"rejected_after_as_of", TSL_SEVERITY_WARNING,
                                          "rows of the as-of day and later are not used"},
    [TSL_FINDING_REJECTED_DUPLICATE] = {"rejected_duplicate", TSL_SEVERITY_WARNING,
                                        "rows that repeat another one are not used"},
    [TSL_FINDING_REJECTED_ORPHAN] = {"rejected_orphan", TSL_SEVERITY_WARNING,
                                     "rows of customers that the customers table lacks are not used"},
    [TSL_FINDING_REJECTED_CONFLICT] = {"rejected_conflict", TSL_SEVERITY_WARNING,
                                       "rows of one customer that contradict each other are not used"},
    [TSL_FINDING_STRAY_QUOTE] = {"stray_quote", TSL_SEVERITY_WARNING,
                                 "a quote that is never meant to close would take in the lines behind it"},
    [TSL_FINDING_LONG_RECORDS] = {"long_records", TSL_SEVERITY_WARNING,
                                  "quotes take in lines that would be rows by themselves"},
    [TSL_FINDING_ORPHANS] = {"orphans", TSL_SEVERITY_WARNING,
                             "rows of customers that the customers table lacks, which are kept"},
    [TSL_FINDING_NO_COMMON_ID] = {"no_common_id", TSL_SEVERITY_WARNING, "two tables have not one customer in common"},
    [TSL_FINDING_MISSING_KEY] = {"missing_key", TSL_SEVERITY_WARNING, "keys that a looked-up file lacks"},
    [TSL_FINDING_LOOKUP_ROWS] = {"lookup_rows", TSL_SEVERITY_WARNING,
                                 "rows of a looked-up file that have no key, or cannot be read"},
    [TSL_FINDING_REPEATED_FILE] = {"repeated_file", TSL_SEVERITY_WARNING,
                                   "one file stands among the files twice, and its rows count twice"},
    [TSL_FINDING_EMPTY_FILE] = {"empty_file", TSL_SEVERITY_WARNING, "a file among others has a header and no row"},
    [TSL_FINDING_NO_HEADER] = {"no_header", TSL_SEVERITY_WARNING,
                               "a file among others has no header, and its columns go by their place"},
    [TSL_FINDING_MISSING_COLUMN] = {"missing_column", TSL_SEVERITY_WARNING,
                                    "a file, or this table, lacks a column that others have"},
    [TSL_FINDING_MIXED_ENCODING] = {"mixed_encoding", TSL_SEVERITY_WARNING, "a file is UTF-8 for a part alone"},
    [TSL_FINDING_BROKEN_LINES] = {"broken_lines", TSL_SEVERITY_WARNING, "lines that are no JSON object"},
    [TSL_FINDING_LATE_KEYS] = {"late_keys", TSL_SEVERITY_WARNING, "a key that first stands too late to be a column"},
    [TSL_FINDING_MERGED_CELLS] = {"merged_cells", TSL_SEVERITY_WARNING,
                                  "merged cells of a workbook, of which the first row alone holds the value"},
    [TSL_FINDING_EMPTY_FORMULAS] = {"empty_formulas", TSL_SEVERITY_WARNING,
                                    "formulas of a workbook that were saved without a value"},
    [TSL_FINDING_CONTRADICTING_ROWS] = {"contradicting_rows", TSL_SEVERITY_WARNING,
                                        "most customers stand in rows that differ: a table of events, perhaps"},
    [TSL_FINDING_CONTRADICTING_PURCHASES] = {"contradicting_purchases", TSL_SEVERITY_WARNING,
                                             "what a customer's columns tell of his purchases cannot all be so"},
    [TSL_FINDING_WEAK_IDS] = {"weak_ids", TSL_SEVERITY_WARNING,
                              "customers are told apart by a name, a telephone number or an e-mail address"},
    [TSL_FINDING_UNFIT_CELLS] = {"unfit_cells", TSL_SEVERITY_WARNING,
                                 "cells that are not what their column holds, and are taken as missing"},
    [TSL_FINDING_UNFIT_CONDITION] = {"unfit_condition", TSL_SEVERITY_WARNING,
                                     "rows that are left out since a cell is not what the condition takes it for"},
    [TSL_FINDING_UNKNOWN_CONDITION] = {"unknown_condition", TSL_SEVERITY_WARNING,
                                       "rows that are left out since what the condition asks for is missing there"},
    [TSL_FINDING_PLACEHOLDER_TEXTS] = {"placeholder_texts", TSL_SEVERITY_WARNING,
                                       "a text that stands in place of numbers, and is taken as missing"},
    [TSL_FINDING_PLACEHOLDER_DATES] = {"placeholder_dates", TSL_SEVERITY_WARNING,
                                       "dates such as programs write where none is known"},
    [TSL_FINDING_EARLY_DATES] = {"early_dates", TSL_SEVERITY_WARNING, "dates over a year before all others"},
    [TSL_FINDING_LATE_DATES] = {"late_dates", TSL_SEVERITY_WARNING, "dates far after all others"},
    [TSL_FINDING_TWO_DIGIT_YEARS] = {"two_digit_years", TSL_SEVERITY_WARNING, "dates whose year has two digits"},
    [TSL_FINDING_LENT_DATE_ORDER] = {"lent_date_order", TSL_SEVERITY_WARNING,
                                     "dates of a file that proves no order of day and month, read as another file "
                                     "proves it"},
    [TSL_FINDING_SEVERAL_ZONES] = {"several_zones", TSL_SEVERITY_WARNING, "times with several offsets from UTC"},
    [TSL_FINDING_MISSING_ZONES] = {"missing_zones", TSL_SEVERITY_WARNING,
                                   "times without a zone among others that have one"},
    [TSL_FINDING_MISSING_CLOCK] = {"missing_clock", TSL_SEVERITY_WARNING,
                                   "dates without a time of day among others that have one"},
    [TSL_FINDING_OFF_SCALE] = {"off_scale", TSL_SEVERITY_WARNING, "numbers far off all others of their column"},
    [TSL_FINDING_UNLIKELY_AGES] = {"unlikely_ages", TSL_SEVERITY_WARNING,
                                   "numbers that are no age, in a column of ages"},
    [TSL_FINDING_MIXED_MARKS] = {"mixed_marks", TSL_SEVERITY_WARNING,
                                 "numbers with a decimal point and numbers with a decimal comma in one column"},
    [TSL_FINDING_MIXED_NUMBERS] = {"mixed_numbers", TSL_SEVERITY_WARNING,
                                   "numbers of a column that are not all written one way: with a percent sign, "
                                   "a unit, a word that multiplies"},
    [TSL_FINDING_ASSUMED_CURRENCY] = {"assumed_currency", TSL_SEVERITY_WARNING,
                                      "numbers with no currency, or a sign of several, among those of one currency"},
    [TSL_FINDING_UNKNOWN_UNIT] =
        {"unknown_unit", TSL_SEVERITY_WARNING,
         "what stands beside the name of a column, or its numbers, is no unit that is known, or minutes "
         "have none"},
    [TSL_FINDING_UNKNOWN_KINDS] =
        {"unknown_kinds", TSL_SEVERITY_WARNING,
         "interactions have kinds, but none that is known: what counts them by kind is missing"},
    [TSL_FINDING_ID_SPELLINGS] = {"id_spellings", TSL_SEVERITY_WARNING,
                                  "one id is written in several ways, each of them a customer"},
    [TSL_FINDING_LOST_ZEROS] = {"lost_zeros", TSL_SEVERITY_WARNING, "ids that differ by zeros in front alone"},
    [TSL_FINDING_NO_CUSTOMER_IDS] = {"no_customer_ids", TSL_SEVERITY_WARNING,
                                     "an id that stands for nobody, such as a walk-in, has rows of its own"},
    [TSL_FINDING_BLANK_CUSTOMERS] = {"blank_customers", TSL_SEVERITY_WARNING,
                                     "most rows have no customer, as where he stands on the first of a block alone"},
    [TSL_FINDING_TEST_ACCOUNTS] = {"test_accounts", TSL_SEVERITY_WARNING, "ids that are those of tests"},
    [TSL_FINDING_TOTALS_ROW] = {"totals_row", TSL_SEVERITY_WARNING, "a row that sums the others up"},
    [TSL_FINDING_DESCRIPTION_ROW] = {"description_row", TSL_SEVERITY_WARNING,
                                     "a row under the header that says what the columns are"},
    [TSL_FINDING_UNSOLD_ROWS] = {"unsold_rows", TSL_SEVERITY_WARNING,
                                 "rows that by their status are no sale: cancelled, refunded, not paid"},
    [TSL_FINDING_CARRIED_STATUS] = {"carried_status", TSL_SEVERITY_WARNING,
                                    "a status that stands on one line of an order alone holds for the others"},
    [TSL_FINDING_LACKING_STATUS] = {"lacking_status", TSL_SEVERITY_WARNING,
                                    "rows lack a status that another line of their order has"},
    [TSL_FINDING_REPEATED_ROWS] = {"repeated_rows", TSL_SEVERITY_WARNING,
                                   "rows that are the same as another in every column"},
    [TSL_FINDING_AMOUNT_LEVEL] = {"amount_level", TSL_SEVERITY_WARNING,
                                  "amounts that seem to be of the whole order, or of one piece"},
    [TSL_FINDING_REFUND_COLUMN] = {"refund_column", TSL_SEVERITY_WARNING,
                                   "refunds in a column of their own, which the amounts are not reduced by"},
    [TSL_FINDING_NEGATIVE_QUANTITY] = {"negative_quantity", TSL_SEVERITY_WARNING,
                                       "quantities below 0 beside amounts above 0"},
    [TSL_FINDING_OPPOSITE_ROWS] = {"opposite_rows", TSL_SEVERITY_WARNING,
                                   "rows that a column calls the other side of a sale, and amounts that do not"},
    [TSL_FINDING_ROW_IDS] = {"row_ids", TSL_SEVERITY_INFO, "customers are known by the numbers of their rows"},
    [TSL_FINDING_INDEX_IDS] = {"index_ids", TSL_SEVERITY_INFO, "customers are known by a column that numbers the rows"},
    [TSL_FINDING_ASSUMED_ROLE] = {"assumed_role", TSL_SEVERITY_INFO,
                                  "a column plays its role for want of another, or in another one's place"},
    [TSL_FINDING_ROW_NUMBERS] = {"row_numbers", TSL_SEVERITY_INFO, "a column that numbers the rows is left out"},
    [TSL_FINDING_UNUSED_COLUMN] = {"unused_column", TSL_SEVERITY_INFO, "a column of no use is left out, and why"},
    [TSL_FINDING_LONG_NUMBERS] = {"long_numbers", TSL_SEVERITY_INFO,
                                  "whole numbers too long for a number are a category"},
    [TSL_FINDING_THOUSANDS_MARKS] = {"thousands_marks", TSL_SEVERITY_INFO,
                                     "a comma or point that is read as one between thousands, or a decimal comma"},
    [TSL_FINDING_NUMBER_SUFFIX] = {"number_suffix", TSL_SEVERITY_INFO,
                                   "all numbers of a column have a unit or a sign behind them"},
    [TSL_FINDING_BIRTH_YEARS] = {"birth_years", TSL_SEVERITY_INFO, "years of birth alone, read as their first day"},
    [TSL_FINDING_ROUNDED_AMOUNTS] = {"rounded_amounts", TSL_SEVERITY_INFO,
                                     "amounts of more than four decimals are rounded"},
    [TSL_FINDING_LINES_ABOVE] = {"lines_above", TSL_SEVERITY_INFO, "lines above the table are passed over"},
    [TSL_FINDING_TRAILING_DELIMITER] = {"trailing_delimiter", TSL_SEVERITY_INFO, "every row ends with a delimiter"},
    [TSL_FINDING_SEVERAL_SHEETS] = {"several_sheets", TSL_SEVERITY_INFO,
                                    "a workbook has several sheets, of which one is read"},
    [TSL_FINDING_READ_AS] = {"read_as", TSL_SEVERITY_INFO, "how a file, or the cells of a column, are read"},
};

static const char *const actions[] = {
    [TSL_GATE_NOTE] = "note", [TSL_GATE_IGNORE] = "ignore", [TSL_GATE_REFUSE] = "refuse"};
#define ACTIONS (sizeof actions / sizeof *actions)

static int is_kind(tsl_finding_kind kind)
{
    return (int)kind > TSL_FINDING_NONE && kind < TSL_FINDING_KINDS;
}

const char *tsl_finding_kind_get_name(tsl_finding_kind kind)
{
    return is_kind(kind) ? kinds[kind].name : "?";
}

tsl_severity tsl_finding_kind_get_severity(tsl_finding_kind kind)
{
    return is_kind(kind) ? kinds[kind].severity : TSL_SEVERITY_INFO;
}

const char *tsl_finding_kind_get_meaning(tsl_finding_kind kind)
{
    return is_kind(kind) ? kinds[kind].meaning : "?";
}

const char *tsl_severity_get_name(tsl_severity severity)
{
    static const char *const names[] = {"info", "warning", "error"};
    return (size_t)severity < sizeof names / sizeof *names ? names[severity] : "?";
}

const char *tsl_gate_action_get_name(tsl_gate_action action)
{
    return (size_t)action < ACTIONS ? actions[action] : "?";
}

/* The same name, with - for _. */
static int is_called(const char *name, const char *asked)
{
    while (*name && (*name == *asked || (*name == '_' && *asked == '-'))) {
        name++;
        asked++;
    }
    return *name == *asked;
}

tsl_status tsl_finding_kind_read(const char *name, tsl_finding_kind *kind, tsl_error *err)
{
    const char *names[TSL_FINDING_KINDS];
    size_t count = 0;
    tsl__error_reset(err);
    for (int k = TSL_FINDING_NONE + 1; k < TSL_FINDING_KINDS; k++) {
        names[count++] = kinds[k].name;
        if (is_called(kinds[k].name, name)) {
            *kind = (tsl_finding_kind)k;
            return TSL_OK;
        }
    }
    const char *nearest = tsl_name_get_nearest(name, names, count);
    return tsl__error_set(err, TSL_E_OPTION, "\"%s\" is no kind of finding%s%s%s", name,
                          nearest ? " (did you mean " : "; docs/findings.md lists them", nearest ? nearest : "",
                          nearest ? "?)" : "");
}

/* ---- Lists ----------------------------------------------------------------- */

static void free_texts(tsl_table_finding *f)
{
    free((void *)(uintptr_t)f->column);
    free((void *)(uintptr_t)f->message);
    free((void *)(uintptr_t)f->hidden);
    for (size_t i = 0; i < TSL_FINDING_EXAMPLES; i++) {
        free((void *)(uintptr_t)f->example[i].file);
        free((void *)(uintptr_t)f->example[i].column);
        free((void *)(uintptr_t)f->example[i].text);
    }
}

void tsl__finding_list_free(tsl__finding_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        free_texts(&list->of[i]);
    }
    free(list->of);
    *list = (tsl__finding_list){.count = 0};
}

static tsl_status own(const char *text, const char **out, tsl_error *err)
{
    *out = text ? tsl__strdup(text) : NULL;
    return text && !*out ? tsl__error_nomem(err) : TSL_OK;
}

tsl_status tsl__finding_list_add(tsl__finding_list *list, const tsl__found *found, tsl_gate_action gate,
                                 const char *message, tsl_error *err)
{
    tsl_table_finding f = {.kind = (tsl_finding_kind)found->kind, .gate = gate, .count = found->count};
    void *grown = list->of;
    tsl_status status = TSL_OK;
    TSL__NEED(tsl__reserve(&grown, &list->capacity, list->count + 1, sizeof *list->of) == 0);
    list->of = grown;
    TSL__TRY(own(found->column, &f.column, err));
    TSL__TRY(own(message, &f.message, err));
    for (size_t i = 0; i < TSL_FINDING_EXAMPLES; i++) {
        const tsl__found_at *at = &found->example[i];
        if (!at->file && !at->line && !at->text) {
            break;
        }
        f.example[i].line = at->line;
        f.example_count = i + 1;
        TSL__TRY(own(at->file, &f.example[i].file, err));
        TSL__TRY(own(at->column ? at->column : found->column, &f.example[i].column, err));
        TSL__TRY(own(at->text, &f.example[i].text, err));
    }
    list->of[list->count++] = f;
    f = (tsl_table_finding){.count = 0};
done:
    free_texts(&f);
    return status;
}

tsl_status tsl__finding_list_take(tsl__finding_list *list, tsl_notes *notes, const tsl_table_options *opt,
                                  tsl_error *err)
{
    static const tsl__found alone = {.kind = TSL_FINDING_READ_AS}; /* a note alone: nothing is amiss */
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < notes->count; i++) {
        const tsl__found *about = tsl__notes_get_found(notes, i), *found = about ? about : &alone;
        if (found->kind == TSL_FINDING_NONE) { /* told by another finding */
            continue;
        }
        const tsl_gate_action gate = tsl__gate_get(opt, (tsl_finding_kind)found->kind);
        TSL__TRY(tsl__finding_list_add(list, found, gate, notes->text[i], err));
        if (gate == TSL_GATE_IGNORE) {
            tsl__notes_drop(notes, i--);
        }
    }
done:
    return status;
}

/* ---- The gate ---------------------------------------------------------------- */

tsl_gate_action tsl__gate_get(const tsl_table_options *opt, tsl_finding_kind kind)
{
    for (size_t i = opt->gate_count; i-- > 0;) {
        if (opt->gates[i].kind == kind) {
            return opt->gates[i].action;
        }
    }
    return tsl_finding_kind_get_severity(kind) == TSL_SEVERITY_ERROR ? TSL_GATE_REFUSE : TSL_GATE_NOTE;
}

tsl_status tsl__gates_check(const tsl_gate *gates, size_t count, tsl_error *err)
{
    for (size_t i = 0; i < count; i++) {
        const tsl_finding_kind kind = gates[i].kind;
        if (!is_kind(kind) || (size_t)gates[i].action >= ACTIONS) {
            return tsl__error_set(err, TSL_E_OPTION, "gate: %d is no kind of finding, or %d nothing to do about it",
                                  (int)kind, (int)gates[i].action);
        }
        if (kinds[kind].severity == TSL_SEVERITY_ERROR && gates[i].action != TSL_GATE_REFUSE) {
            return tsl__error_set(err, TSL_E_OPTION, "gate: %s cannot be passed over: %s", kinds[kind].name,
                                  kinds[kind].meaning);
        }
    }
    return TSL_OK;
}

tsl_status tsl__gates_apply(const tsl__finding_list *list, const char *table, tsl_error *err)
{
    char count[32] = "", place[300] = "";
    for (size_t i = 0; i < list->count; i++) {
        const tsl_table_finding *f = &list->of[i];
        if (f->gate != TSL_GATE_REFUSE) {
            continue;
        }
        if (f->count) {
            tsl__print(count, sizeof count, " (%llu)", (unsigned long long)f->count);
        }
        if (f->example_count && f->example[0].line) {
            tsl__print(place, sizeof place, "; the first: %s:%llu", f->example[0].file ? f->example[0].file : "line",
                       (unsigned long long)f->example[0].line);
        }
        return tsl__error_set(err, TSL_E_INPUT, "%s: %s%s: %s%s (refused as gate: %s: refuse says)", table,
                              kinds[f->kind].name, count, f->message, place, kinds[f->kind].name);
    }
    return TSL_OK;
}
