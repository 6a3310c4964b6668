/*
 * defects.c: the table of defects: what each is called, where it strikes, how it changes a line, and what a reader
 * ought to make of it.
 */
#include "synth/defects.h"

#include <stdio.h>
#include <string.h>

#define SIZE TSL__SHOP_CELL

static int replace(tsl__broken *b, const char *text)
{
    return tsl__broken_print(b, "%s", text);
}

/* ---- Lines ------------------------------------------------------------------- */

static int stray_quote(tsl__broken *b)
{
    static const size_t columns[] = {TSL__SALE_CUSTOMER, TSL__SALE_CATEGORY, TSL__SALE_CHANNEL, TSL__SALE_STATUS};
    b->column = columns[tsl__rng_below(&b->rng, sizeof columns / sizeof *columns)];
    b->cell = b->line->cell[b->column];
    b->is_raw = 1;
    return tsl__broken_rewrite(b, "\"", "");
}

/* A quote that was not doubled, of a text that needs no quotes around. */
static int inner_quote(tsl__broken *b)
{
    b->is_raw = 1;
    return strchr(b->cell, '"') && !strchr(b->cell, ',');
}

static int text_behind_quote(tsl__broken *b)
{
    b->is_raw = 1;
    return !strchr(b->cell, '"') && !strchr(b->cell, ',') && tsl__broken_rewrite(b, "\"", "\" new");
}

static int field_more(tsl__broken *b)
{
    b->fields = 1;
    return 1;
}

static int field_less(tsl__broken *b)
{
    b->fields = -1;
    return 1;
}

static int put_byte(tsl__broken *b, char byte)
{
    if (strchr(b->cell, '"') || strchr(b->cell, ',')) {
        return 0;
    }
    b->is_raw = 1;
    b->bytes = strlen(b->cell);
    b->cell[b->bytes / 2] = byte;
    return 1;
}

static int nul(tsl__broken *b)
{
    return put_byte(b, '\0');
}

static int bad_utf8(tsl__broken *b)
{
    return put_byte(b, '\xFF');
}

/* é of Latin-1 among UTF-8. */
static int latin1(tsl__broken *b)
{
    char *at = strpbrk(b->cell, "\",") ? NULL : strstr(b->cell, "é");
    if (at) {
        *at = '\xE9';
        memmove(at + 1, at + 2, strlen(at + 1));
    }
    b->is_raw = 1;
    return at != NULL;
}

static int line_end(tsl__broken *b)
{
    b->end = tsl__rng_below(&b->rng, 2) ? "\r\n" : "\r";
    return 1;
}

/* Not "\n" alone: behind a CR it is no line. */
static int blank_line(tsl__broken *b)
{
    b->columns = 0;
    b->end = tsl__rng_below(&b->rng, 2) ? "\r\n" : "  \n";
    return 1;
}

/* As where files are put behind each other. */
static int header_more(tsl__broken *b)
{
    for (size_t i = 0; i < b->columns; i++) {
        snprintf(b->line->cell[i], SIZE, "%s", b->name[i]);
    }
    return 1;
}

/* A text of several lines, of which one would be a row; not where a stray quote before it may end with its own. */
static int long_record(tsl__broken *b)
{
    if (b->is_behind) {
        return 0;
    }
    tsl__broken_rewrite(b, "", "\nW1,B1,2024-01-01,a,b,1,2,3,EUR,c,d\nsold as it stands\nno returns");
    for (char *at = strchr(b->cell, '\n'); b->delimiter != ',' && (at = strchr(at, ','));) {
        *at = b->delimiter;
    }
    return 1;
}

static int repeated(tsl__broken *b)
{
    b->times = 2;
    return 1;
}

static int conflict(tsl__broken *b)
{
    b->is_beside = 1;
    b->cell[0] = b->cell[0] == '1' ? '2' : '1';
    return 1;
}

static int totals_row(tsl__broken *b)
{
    for (size_t i = 0; i < b->columns; i++) {
        b->line->cell[i][0] = 0;
    }
    snprintf(b->line->cell[TSL__SALE_CUSTOMER], SIZE, "Total");
    tsl__shop_write_cents(b->order_cents, b->line->cell[TSL__SALE_AMOUNT]);
    return 1;
}

static int description_row(tsl__broken *b)
{
    for (size_t i = 0; i < b->columns; i++) {
        snprintf(b->line->cell[i], SIZE, i == TSL__SALE_TIME ? "time of the order" : "text");
    }
    return 1;
}

/* ---- Amounts ------------------------------------------------------------------- */

/* 1,234.50 */
static int thousands(tsl__broken *b)
{
    const int64_t cents = b->line->cents;
    if (cents < 100000 || cents >= 100000000) {
        return 0;
    }
    tsl__broken_print(b, "%d,%03d.%02d", (int)(cents / 100000), (int)(cents / 100 % 1000), (int)(cents % 100));
    return 1;
}

static int decimal_comma(tsl__broken *b)
{
    *strchr(b->cell, '.') = ',';
    return 1;
}

static int currency_sign(tsl__broken *b)
{
    return b->line->cents >= 0 && tsl__broken_rewrite(b, "€", "");
}

static int currency_code(tsl__broken *b)
{
    return tsl__broken_rewrite(b, "", " EUR");
}

static int other_currency(tsl__broken *b)
{
    return b->line->cents >= 0 && tsl__broken_rewrite(b, "$", "");
}

/* What is paid back, by its size. */
static int is_back(tsl__broken *b)
{
    if (b->line->cents >= 0) {
        return 0;
    }
    tsl__shop_write_cents(-b->line->cents, b->cell);
    return 1;
}

static int accounting(tsl__broken *b)
{
    return is_back(b) && tsl__broken_rewrite(b, "(", ")");
}

static int minus_behind(tsl__broken *b)
{
    return is_back(b) && tsl__broken_rewrite(b, "", "-");
}

static int minus_sign(tsl__broken *b)
{
    return is_back(b) && tsl__broken_rewrite(b, "\xE2\x88\x92", "");
}

/* Digits, letters and marks of ASCII in their full width. */
static int wide(tsl__broken *b)
{
    char old[SIZE];
    size_t at = 0;
    memcpy(old, b->cell, SIZE);
    for (const char *s = old; *s && at + 4 < SIZE; s++) {
        const unsigned code = 0xFF00U + (unsigned)(unsigned char)*s - 0x20U;
        b->cell[at++] = (char)(0xE0U | code >> 12);
        b->cell[at++] = (char)(0x80U | (code >> 6 & 0x3FU));
        b->cell[at++] = (char)(0x80U | (code & 0x3FU));
    }
    b->cell[at] = 0;
    return 1;
}

static int spaces(tsl__broken *b)
{
    return tsl__broken_rewrite(b, "  ", " \t");
}

static int hard_spaces(tsl__broken *b)
{
    return tsl__broken_rewrite(b, "\xC2\xA0", "\xC2\xA0");
}

static int letter(tsl__broken *b)
{
    b->cell[strlen(b->cell) - 1] = 'o';
    return 1;
}

static int missing(tsl__broken *b)
{
    return replace(b, "");
}

static int unit(tsl__broken *b)
{
    return tsl__broken_rewrite(b, "", " pcs");
}

static int open_end(tsl__broken *b)
{
    return tsl__broken_rewrite(b, "", "+");
}

static int about(tsl__broken *b)
{
    return tsl__broken_rewrite(b, "~", "");
}

/* 12.50001 */
static int long_decimals(tsl__broken *b)
{
    return tsl__broken_rewrite(b, "", "001");
}

/* On the first line of an order, and 0 on the others. */
static int first_amount(tsl__broken *b)
{
    if (b->order_lines < 2) {
        return 0;
    }
    tsl__shop_write_cents(b->order_place ? 0 : b->order_cents, b->cell);
    return 1;
}

/* On the first line of an order, and nothing on the others. */
static int first_alone(tsl__broken *b)
{
    return b->order_place > 0 && replace(b, "");
}

static int order_total(tsl__broken *b)
{
    if (b->order_lines < 2 || b->line->cents == b->order_cents) {
        return 0;
    }
    tsl__shop_write_cents(b->order_cents, b->cell);
    return 1;
}

/* ---- Dates ------------------------------------------------------------------- */

static int date_slashes(tsl__broken *b)
{
    b->cell[4] = b->cell[7] = '/';
    return 1;
}

static int date_t(tsl__broken *b)
{
    b->cell[10] = 'T';
    return 1;
}

static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

static int date_words(tsl__broken *b)
{
    const tsl__shop_time m = tsl__shop_time_split(b->cell);
    tsl__broken_print(b, "%d %s %d %s", m.day, months[m.month - 1], m.year, m.clock);
    return 1;
}

static int date_alone(tsl__broken *b)
{
    b->cell[10] = 0;
    return 1;
}

static int date_zone(tsl__broken *b)
{
    return tsl__broken_rewrite(b, "", "+02:00");
}

static int two_digit_year(tsl__broken *b)
{
    const tsl__shop_time m = tsl__shop_time_split(b->cell);
    tsl__broken_print(b, "%02d-%s-%02d %s", m.day, months[m.month - 1], m.year % 100, m.clock);
    return 1;
}

/* Some with the day in front, some with the month, so that no order is right for both. */
static int mixed_dates(tsl__broken *b)
{
    const tsl__shop_time m = tsl__shop_time_split(b->cell);
    if (m.day < 13) {
        return 0;
    }
    const int month_first = b->turn % 2;
    tsl__broken_print(b, "%02d/%02d/%04d %s", month_first ? m.month : m.day, month_first ? m.day : m.month, m.year,
                      m.clock);
    return 1;
}

static int date_impossible(tsl__broken *b)
{
    memcpy(b->cell + 5, "02-30", 5);
    return 1;
}

static int placeholder_date(tsl__broken *b)
{
    return replace(b, tsl__rng_below(&b->rng, 2) ? "1900-01-01 00:00:00" : "1970-01-01 00:00:00");
}

static int early_date(tsl__broken *b)
{
    memcpy(b->cell, "1988", 4); /* with a 29 February, as 2024 has, and 2044 */
    return 1;
}

static int late_date(tsl__broken *b)
{
    memcpy(b->cell, "2044", 4);
    return 1;
}

/* ---- Ids ------------------------------------------------------------------- */

static int is_number(const char *s)
{
    return strspn(s, "0123456789") == strlen(s);
}

static int id_point(tsl__broken *b)
{
    return is_number(b->cell) && tsl__broken_rewrite(b, "", ".0");
}

static int id_case(tsl__broken *b)
{
    const int has_letter = b->cell[0] == 'W';
    b->cell[0] = has_letter ? 'w' : b->cell[0];
    return has_letter;
}

/* W 100042 */
static int id_spaces(tsl__broken *b)
{
    const int has_letter = b->cell[0] == 'W';
    b->cell[0] = has_letter ? ' ' : b->cell[0];
    return has_letter && tsl__broken_rewrite(b, "W", "");
}

static int id_byte_order_mark(tsl__broken *b)
{
    return tsl__broken_rewrite(b, "\xEF\xBB\xBF", "");
}

static int id_zero_width(tsl__broken *b)
{
    return tsl__broken_rewrite(b, "", "\xE2\x80\x8B");
}

static int id_zeros(tsl__broken *b)
{
    return is_number(b->cell) && tsl__broken_rewrite(b, "00", "");
}

/* 1.00042E+05, as a spreadsheet shows it: digits are lost that it has no room for. */
static int id_scientific(tsl__broken *b)
{
    char old[SIZE];
    if (!is_number(b->cell)) {
        return 0;
    }
    memcpy(old, b->cell, SIZE);
    tsl__broken_print(b, "%c.%.*sE+%02d", old[0], SIZE / 2, old + 1, (int)strlen(old) - 1);
    return 1;
}

static int guest(tsl__broken *b)
{
    return replace(b, "guest");
}

static int test_account(tsl__broken *b)
{
    return replace(b, "test");
}

/* One id with a third of all lines. */
static int house_account(tsl__broken *b)
{
    return b->row % 3 == 0 && replace(b, "W999999");
}

static int orphan(tsl__broken *b)
{
    return replace(b, "X999999");
}

/* ---- Words and numbers ---------------------------------------------------------- */

static int cancelled(tsl__broken *b)
{
    return replace(b, "cancelled");
}

static int refunded(tsl__broken *b)
{
    return replace(b, "refunded");
}

static int off_scale(tsl__broken *b)
{
    return replace(b, "589314");
}

static int unlikely_age(tsl__broken *b)
{
    return replace(b, tsl__rng_below(&b->rng, 2) ? "999" : "-1");
}

static int question(tsl__broken *b)
{
    return replace(b, "?");
}

/* 52.3k */
static int thousand_word(tsl__broken *b)
{
    char old[SIZE];
    const int digits = (int)strlen(b->cell) - 3;
    memcpy(old, b->cell, SIZE);
    return digits > 0 && tsl__broken_print(b, "%.*s.%.1sk", digits, old, old + digits);
}

static int placeholder_day(tsl__broken *b)
{
    return replace(b, tsl__rng_below(&b->rng, 2) ? "1900-01-01" : "1970-01-01");
}

static int unfit(tsl__broken *b)
{
    return replace(b, "n.k.7");
}

/* ---- The table ------------------------------------------------------------------- */

/* The place stands behind where it is not among the lines. */
#define OF(of, title, at, ought, function, ...)                                                                        \
    {                                                                                                                  \
        .name = title, .table = of, .column = at, .expected = ought, .change = function, __VA_ARGS__                   \
    }
#define SALE(...) OF(TSL__SHOP_SALES, __VA_ARGS__)
#define PERSON(...) OF(TSL__SHOP_PEOPLE, __VA_ARGS__)
#define VISIT(...) OF(TSL__SHOP_VISITS, __VA_ARGS__)
#define ANY TSL__DEFECT_NO_COLUMN
#define EACH .place = TSL__DEFECT_EACH, .by_name = 1

static const tsl__defect defects[] = {
    /* of every line that they suit, so that nothing else comes before them */
    SALE("order_total", TSL__SALE_AMOUNT, "found: amount_level", order_total, EACH),
    SALE("first_amount", TSL__SALE_AMOUNT, "found: amount_level", first_amount, EACH),
    SALE("first_amount_alone", TSL__SALE_AMOUNT, "rejected: bad_cell and found: amount_level", first_alone, EACH),
    SALE("first_status", TSL__SALE_STATUS, "read right and found: carried_status", first_alone, EACH),
    SALE("house_account", TSL__SALE_CUSTOMER, "found: no_customer_ids", house_account, EACH),
    SALE("stray_quote", ANY, "rejected: ragged", stray_quote),
    SALE("inner_quote", TSL__SALE_PRODUCT, "read right", inner_quote),
    SALE("text_behind_quote", TSL__SALE_PRODUCT, "rejected: ragged", text_behind_quote),
    SALE("field_more", ANY, "rejected: ragged", field_more),
    SALE("field_less", ANY, "rejected: ragged", field_less),
    SALE("nul", TSL__SALE_PRODUCT, "rejected: encoding", nul),
    SALE("bad_utf8", TSL__SALE_PRODUCT, "rejected: encoding", bad_utf8),
    SALE("latin1_letter", TSL__SALE_PRODUCT, "rejected: encoding", latin1),
    SALE("line_end", ANY, "read right", line_end),
    SALE("blank_line", ANY, "read right", blank_line, .place = TSL__DEFECT_BETWEEN),
    SALE("header_more", ANY, "rejected: description", header_more, .place = TSL__DEFECT_BETWEEN),
    SALE("long_record", TSL__SALE_PRODUCT, "found: long_records", long_record),
    SALE("repeated_line", ANY, "found: repeated_rows", repeated),
    SALE("totals_row", ANY, "rejected: total", totals_row, .place = TSL__DEFECT_BELOW),
    SALE("description_row", ANY, "rejected: description", description_row, .place = TSL__DEFECT_ABOVE),
    SALE("thousands", TSL__SALE_AMOUNT, "read right", thousands),
    SALE("decimal_comma", TSL__SALE_AMOUNT, "read right and found: mixed_marks", decimal_comma),
    SALE("currency_sign", TSL__SALE_AMOUNT, "read right", currency_sign),
    SALE("currency_code", TSL__SALE_AMOUNT, "read right", currency_code),
    SALE("other_currency", TSL__SALE_AMOUNT, "found: mixed_currencies", other_currency, .by_name = 1),
    SALE("accounting", TSL__SALE_AMOUNT, "read right", accounting),
    SALE("minus_behind", TSL__SALE_AMOUNT, "read right", minus_behind),
    SALE("minus_sign", TSL__SALE_AMOUNT, "read right", minus_sign),
    SALE("wide_digits", TSL__SALE_AMOUNT, "read right", wide),
    SALE("spaces", TSL__SALE_AMOUNT, "read right", spaces),
    SALE("hard_spaces", TSL__SALE_PRODUCT, "read right", hard_spaces),
    SALE("letter_in_amount", TSL__SALE_AMOUNT, "rejected: bad_cell", letter),
    SALE("missing_amount", TSL__SALE_AMOUNT, "rejected: bad_cell", missing),
    SALE("long_decimals", TSL__SALE_AMOUNT, "read right and found: rounded_amounts", long_decimals),
    SALE("unit", TSL__SALE_QUANTITY, "found: unfit_cells", unit),
    SALE("open_end", TSL__SALE_QUANTITY, "found: unfit_cells", open_end),
    SALE("about", TSL__SALE_QUANTITY, "found: unfit_cells", about),
    SALE("question", TSL__SALE_QUANTITY, "found: unfit_cells or placeholder_texts", question),
    SALE("date_slashes", TSL__SALE_TIME, "read right", date_slashes),
    SALE("date_t", TSL__SALE_TIME, "read right", date_t),
    SALE("date_words", TSL__SALE_TIME, "read right", date_words),
    SALE("date_compact", TSL__SALE_TIME, "found: doubtful_dates", tsl__broken_date_compact, .by_name = 1),
    SALE("date_alone", TSL__SALE_TIME, "found: missing_clock", date_alone),
    SALE("date_zone", TSL__SALE_TIME, "found: doubtful_dates", date_zone, .by_name = 1),
    SALE("two_digit_year", TSL__SALE_TIME, "read right and found: two_digit_years", two_digit_year),
    SALE("mixed_dates", TSL__SALE_TIME, "found: doubtful_dates", mixed_dates, .by_name = 1),
    SALE("date_impossible", TSL__SALE_TIME, "rejected: bad_cell", date_impossible),
    SALE("missing_date", TSL__SALE_TIME, "rejected: bad_cell", missing),
    SALE("placeholder_date", TSL__SALE_TIME, "found: placeholder_dates", placeholder_date),
    SALE("early_date", TSL__SALE_TIME, "found: early_dates", early_date),
    SALE("late_date", TSL__SALE_TIME, "found: late_dates or rejected: after_as_of", late_date),
    SALE("missing_customer", TSL__SALE_CUSTOMER, "rejected: no_customer", missing),
    SALE("id_point", TSL__SALE_CUSTOMER, "found: id_spellings", id_point),
    SALE("id_case", TSL__SALE_CUSTOMER, "found: id_spellings", id_case),
    SALE("id_width", TSL__SALE_CUSTOMER, "found: id_spellings", wide),
    SALE("id_spaces", TSL__SALE_CUSTOMER, "found: id_spellings", id_spaces),
    SALE("id_byte_order_mark", TSL__SALE_CUSTOMER, "found: id_spellings", id_byte_order_mark),
    SALE("id_zero_width", TSL__SALE_CUSTOMER, "found: id_spellings", id_zero_width),
    SALE("id_zeros", TSL__SALE_CUSTOMER, "found: lost_zeros", id_zeros),
    SALE("id_scientific", TSL__SALE_CUSTOMER, "rejected: bad_cell", id_scientific),
    SALE("guest", TSL__SALE_CUSTOMER, "found: no_customer_ids", guest),
    SALE("test_account", TSL__SALE_CUSTOMER, "found: test_accounts", test_account),
    SALE("orphan", TSL__SALE_CUSTOMER, "found: orphans", orphan),
    SALE("cancelled", TSL__SALE_STATUS, "found: unsold_rows", cancelled),
    SALE("refunded", TSL__SALE_STATUS, "found: unsold_rows", refunded),
    PERSON("off_scale", TSL__PERSON_SCORE, "found: off_scale", off_scale),
    PERSON("unlikely_age", TSL__PERSON_AGE, "found: unlikely_ages", unlikely_age),
    PERSON("placeholder_text", TSL__PERSON_INCOME, "found: unfit_cells or placeholder_texts", question),
    PERSON("income_sign", TSL__PERSON_INCOME, "read right and found: assumed_currency", currency_sign),
    PERSON("thousand_word", TSL__PERSON_INCOME, "read right and found: mixed_numbers", thousand_word),
    PERSON("placeholder_day", TSL__PERSON_JOINED, "found: placeholder_dates", placeholder_day),
    PERSON("late_day", TSL__PERSON_JOINED, "found: late_dates", late_date),
    PERSON("repeated_person", ANY, "rejected: duplicate", repeated),
    PERSON("conflict", TSL__PERSON_AGE, "rejected: conflict", conflict),
    PERSON("unfit_cell", TSL__PERSON_INCOME, "found: unfit_cells", unfit),
    VISIT("visit_no_customer", TSL__VISIT_CUSTOMER, "rejected: no_customer", missing),
    VISIT("visit_impossible_time", TSL__VISIT_TIME, "rejected: bad_cell", date_impossible),
    VISIT("visit_letter", TSL__VISIT_MINUTES, "found: unfit_cells", letter),
};

const tsl__defect *tsl__defect_get(size_t index)
{
    const size_t count = sizeof defects / sizeof *defects;
    return index < count ? &defects[index] : tsl__whole_defect_get(index - count);
}
