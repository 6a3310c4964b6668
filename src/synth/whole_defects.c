/*
 * whole_defects.c: the defects of a whole column or file: a unit in the header, dates of another form, another
 * encoding. What befalls single lines comes on top of them, but in the same column.
 */
#include "synth/defects.h"

#include <inttypes.h>
#include <string.h>

#include "base/calendar.h"

/* ---- Amounts ------------------------------------------------------------------- */

static int in_cents(tsl__broken *b)
{
    return tsl__broken_print(b, "%" PRId64, b->line->cents);
}

/* 0.01257 is 12.57 in thousands. */
static int in_thousands(tsl__broken *b)
{
    const int64_t size = b->line->cents < 0 ? -b->line->cents : b->line->cents;
    return tsl__broken_print(b, "%s%" PRId64 ".%05d", b->line->cents < 0 ? "-" : "", size / 100000,
                             (int)(size % 100000));
}

static int in_hundredths(tsl__broken *b)
{
    return tsl__broken_rewrite(b, "", "00");
}

static int to_comma(tsl__broken *b)
{
    *strchr(b->cell, '.') = ',';
    return 1;
}

static int with_code(tsl__broken *b)
{
    return tsl__broken_rewrite(b, "", " EUR");
}

static int with_pieces(tsl__broken *b)
{
    return tsl__broken_rewrite(b, "", " pcs");
}

/* As signs, in two currencies. */
static int signs(tsl__broken *b)
{
    const char *size = b->cell + (b->line->cents < 0);
    char old[TSL__SHOP_CELL];
    memcpy(old, size, strlen(size) + 1);
    return tsl__broken_print(b, "%s%s%.*s", b->line->cents < 0 ? "-" : "", tsl__rng_below(&b->rng, 2) ? "€" : "$",
                             TSL__SHOP_CELL / 2, old);
}

/* 1.250 beside 12,50 and 12.50: three digits behind a mark, and no line that tells what it is. */
static int open_marks(tsl__broken *b)
{
    const int way = (int)tsl__rng_below(&b->rng, 3);
    if (way == 0) {
        return tsl__broken_print(b, "%d.%03d", (int)(1 + b->row % 9), (int)(b->row % 1000));
    }
    return way == 1 || to_comma(b);
}

static int kept(tsl__broken *b)
{
    (void)b;
    return 1;
}

/* The price of one piece. */
static int of_one(tsl__broken *b)
{
    return tsl__broken_print(b, "%s", b->line->cell[TSL__SALE_PRICE]);
}

/* A price that the quantity is in already. */
static int multiplied(tsl__broken *b)
{
    return tsl__broken_print(b, "%s", b->line->cell[TSL__SALE_AMOUNT]);
}

/* ---- Dates ------------------------------------------------------------------- */

static int epoch(tsl__broken *b)
{
    return tsl__broken_print(b, "%" PRId64, tsl__shop_time_split(b->cell).seconds);
}

static int epoch_ms(tsl__broken *b)
{
    return tsl__broken_print(b, "%" PRId64 "000", tsl__shop_time_split(b->cell).seconds);
}

#define SERIAL_1970 25569 /* days from the 0th of January 1900 on, of which 1900 has one too many */

static int serial(tsl__broken *b)
{
    const int64_t seconds = tsl__shop_time_split(b->cell).seconds;
    const int64_t day = tsl__time_day(seconds), billionths = (seconds - day * TSL__DAY_SECONDS) * 1000000000;
    return tsl__broken_print(b, "%" PRId64 ".%09" PRId64, day + SERIAL_1970,
                             (billionths + TSL__DAY_SECONDS / 2) / TSL__DAY_SECONDS);
}

/* 3/25/2024 2:22:10 PM */
static int american(tsl__broken *b)
{
    const tsl__shop_time m = tsl__shop_time_split(b->cell);
    const int hour = (m.clock[0] - '0') * 10 + m.clock[1] - '0';
    return tsl__broken_print(b, "%d/%d/%d %d%s %s", m.month, m.day, m.year, hour % 12 ? hour % 12 : 12, m.clock + 2,
                             hour < 12 ? "AM" : "PM");
}

static int chinese(tsl__broken *b)
{
    const tsl__shop_time m = tsl__shop_time_split(b->cell);
    return tsl__broken_print(b, "%d年%d月%d日 %s", m.year, m.month, m.day, m.clock);
}

static int zones(tsl__broken *b)
{
    return tsl__broken_rewrite(b, "", tsl__rng_below(&b->rng, 2) ? "+01:00" : "+02:00");
}

/* No day over 12, so that nothing tells the month from it. */
static int open_order(tsl__broken *b)
{
    const tsl__shop_time m = tsl__shop_time_split(b->cell);
    return tsl__broken_print(b, "%02d/%02d/%d %s", 1 + m.day % 12, m.month, m.year, m.clock);
}

static int in_seconds(tsl__broken *b)
{
    int minutes = 0;
    for (const char *s = b->cell; *s; s++) {
        minutes = minutes * 10 + *s - '0';
    }
    return tsl__broken_print(b, "%d", minutes * 60);
}

/* ---- Ids ------------------------------------------------------------------- */

static int of_another(tsl__broken *b)
{
    return tsl__broken_rewrite(b, "crm-", "");
}

static int mail(tsl__broken *b)
{
    return tsl__broken_rewrite(b, "", "@example.org");
}

static int number(tsl__broken *b)
{
    return tsl__broken_print(b, "%" PRIu64, b->row);
}

/* ---- What customers are ---------------------------------------------------------- */

static int long_number(tsl__broken *b)
{
    return tsl__broken_print(b, "12345678901%07" PRIu64, b->row % 20);
}

static int always(tsl__broken *b)
{
    return tsl__broken_print(b, "Paris");
}

static int birth_year(tsl__broken *b)
{
    return tsl__broken_print(b, "19%02d", 50 + (int)(b->row % 50));
}

/* 52,300, which no other number tells to be no 52.3. */
static int open_thousands(tsl__broken *b)
{
    char old[TSL__SHOP_CELL];
    const size_t digits = strlen(b->cell);
    memcpy(old, b->cell, sizeof old);
    return digits > 3 && tsl__broken_print(b, "%.*s,%.3s", (int)(digits - 3), old, old + digits - 3);
}

/* ---- The table ------------------------------------------------------------------- */

#define OF(of, title, at, ought, ...)                                                                                  \
    {                                                                                                                  \
        .name = title, .table = of, .column = at, .expected = ought, .place = TSL__DEFECT_WHOLE, .by_name = 1,         \
        __VA_ARGS__                                                                                                    \
    }
#define SALE(...) OF(TSL__SHOP_SALES, __VA_ARGS__)
#define PERSON(...) OF(TSL__SHOP_PEOPLE, __VA_ARGS__)
#define VISIT(...) OF(TSL__SHOP_VISITS, __VA_ARGS__)
#define ANY TSL__DEFECT_NO_COLUMN
#define LAYOUT(...) .layout = {__VA_ARGS__}

static const tsl__defect defects[] = {
    SALE("latin1_file", ANY, "read right", LAYOUT(.encoding = TSL__SYNTH_LATIN1)),
    SALE("utf16_file", ANY, "read right", LAYOUT(.encoding = TSL__SYNTH_UTF16, .is_marked = 1)),
    VISIT("utf16_unmarked", ANY, "read right", LAYOUT(.encoding = TSL__SYNTH_UTF16)),
    SALE("utf8_mark", ANY, "read right", LAYOUT(.is_marked = 1)),
    PERSON("gb18030_file", ANY, "read right", LAYOUT(.encoding = TSL__SYNTH_GB18030, .is_marked = 1)),
    SALE("semicolons", ANY, "read right", LAYOUT(.delimiter = ';')),
    SALE("tabs", ANY, "read right", LAYOUT(.delimiter = '\t')),
    SALE("crlf_file", ANY, "read right", LAYOUT(.end = "\r\n")),
    SALE("title_above", ANY, "read right and found: lines_above", LAYOUT(.above = "Orders of all branches")),
    SALE("delimiter_behind", ANY, "read right and found: trailing_delimiter", LAYOUT(.behind = ",")),
    SALE("amount_cents", TSL__SALE_AMOUNT, "read right", .change = in_cents, .header = "amount (cents)"),
    SALE("amount_thousands", TSL__SALE_AMOUNT, "read right", .change = in_thousands, .header = "amount (k€)"),
    SALE("amount_unit", TSL__SALE_AMOUNT, "read right and found: unknown_unit", .change = kept,
         .header = "amount (box)"),
    SALE("amount_times", TSL__SALE_AMOUNT, "found: doubtful_numbers", .change = in_hundredths,
         .header = "amount (x100)"),
    SALE("amount_commas", TSL__SALE_AMOUNT, "read right", .change = to_comma),
    SALE("amount_codes", TSL__SALE_AMOUNT, "read right", .change = with_code),
    SALE("amount_signs", TSL__SALE_AMOUNT, "found: mixed_currencies", .change = signs),
    SALE("amount_open", TSL__SALE_AMOUNT, "found: doubtful_numbers", .change = open_marks),
    SALE("amount_of_one", TSL__SALE_AMOUNT, "found: amount_level", .change = of_one),
    SALE("amount_unnamed", TSL__SALE_AMOUNT, "read right", .change = kept, .header = "points"),
    SALE("price_multiplied", TSL__SALE_PRICE, "found: amount_level", .change = multiplied),
    SALE("quantity_unit", TSL__SALE_QUANTITY, "read right and found: number_suffix", .change = with_pieces),
    SALE("time_epoch", TSL__SALE_TIME, "read right", .change = epoch),
    SALE("time_epoch_ms", TSL__SALE_TIME, "read right", .change = epoch_ms),
    SALE("time_serial", TSL__SALE_TIME, "read right", .change = serial),
    SALE("time_compact", TSL__SALE_TIME, "read right", .change = tsl__broken_date_compact),
    SALE("time_american", TSL__SALE_TIME, "read right", .change = american),
    SALE("time_chinese", TSL__SALE_TIME, "read right", .change = chinese),
    SALE("time_zones", TSL__SALE_TIME, "found: several_zones", .change = zones),
    SALE("time_open", TSL__SALE_TIME, "found: doubtful_dates", .change = open_order),
    SALE("no_customer_column", TSL__SALE_CUSTOMER, "found: missing_role", .change = kept, .header = "reference"),
    SALE("ids_of_another", TSL__SALE_CUSTOMER, "found: no_common_id", .change = of_another),
    PERSON("mail_ids", TSL__PERSON_CUSTOMER, "found: weak_ids", .change = mail, .header = "email"),
    PERSON("index_ids", TSL__PERSON_CUSTOMER, "found: index_ids", .change = number, .header = ""),
    PERSON("row_numbers", TSL__PERSON_INCOME, "found: row_numbers", .change = number, .header = "entry"),
    PERSON("long_numbers", TSL__PERSON_INCOME, "found: long_numbers", .change = long_number),
    PERSON("open_thousands", TSL__PERSON_INCOME, "read right and found: thousands_marks", .change = open_thousands),
    PERSON("one_city", TSL__PERSON_CITY, "found: unused_column", .change = always),
    PERSON("birth_years", TSL__PERSON_AGE, "found: birth_years", .change = birth_year, .header = "birth_year"),
    VISIT("visit_seconds", TSL__VISIT_MINUTES, "read right", .change = in_seconds, .header = "duration (seconds)"),
    VISIT("visit_epoch", TSL__VISIT_TIME, "read right", .change = epoch),
};

const tsl__defect *tsl__whole_defect_get(size_t index)
{
    return index < sizeof defects / sizeof *defects ? &defects[index] : NULL;
}
