/* generate.c: tables of an invented company, of any size: customers of several
 * latent kinds, their order lines, and their interactions.
 *
 *   tesela-generate company --customers N --lines N [--interactions N] [--seed N] --output DIR
 *
 * Everything about a customer is drawn from a stream of random numbers of his
 * own, so that the same seed gives the same files on every machine: only
 * operations that IEEE 754 rounds exactly are used, no exp, log or cos. */
#include "base/alloc.h"
#include "base/calendar.h"
#include "base/rng.h"
#include "base/text.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <tesela/base.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- The company ----------------------------------------------------------- */

enum { CATEGORIES = 8, CHANNELS = 3, PAYMENTS = 4, EDUCATIONS = 5, OCCUPATIONS = 6, REGIONS = 8, PRODUCTS = 250 };

static const struct {
    const char *name;
    double price; /* of its cheapest product */
} categories[CATEGORIES] = {{"grocery", 1.2},    {"household", 3}, {"fashion", 12}, {"beauty", 6},
                            {"electronics", 40}, {"sports", 15},   {"toys", 7},     {"garden", 9}};
static const char *const channels[CHANNELS] = {"store", "web", "app"};
static const char *const payments[PAYMENTS] = {"card", "cash", "wallet", "invoice"};
static const char *const educations[EDUCATIONS] = {"basic", "secondary", "bachelor", "master", "doctorate"};
static const char *const occupations[OCCUPATIONS] = {"student",      "clerk",   "worker",
                                                     "professional", "manager", "retired"};
static const char *const regions[REGIONS] = {"north", "north-east", "east", "south-east",
                                             "south", "south-west", "west", "north-west"};
/* What the months sell, relative to the strongest. */
static const double season[12] = {.55, .5, .6, .6, .65, .6, .5, .5, .65, .7, .95, 1};

/* A latent kind of customer. Lists of weights need not sum to 1. */
typedef struct kind {
    double share;            /* of the customers */
    double lines;            /* how many order lines, relative to the others; 0: never bought */
    double visits;           /* how many interactions, likewise */
    double basket;           /* chance that an order goes on after each line */
    double price;            /* level within a category */
    double returns;          /* share of lines that come back */
    double stays;            /* share of the time since the first order that the customer stays */
    double weekend, evening; /* share of orders */
    double category[CATEGORIES], channel[CHANNELS], payment[PAYMENTS];
    double age, age_spread, income, member, women;
    double education[EDUCATIONS], occupation[OCCUPATIONS];
} kind;

/* clang-format off */
static const kind kinds[] = {
    /* families: often, full baskets, daily needs, in the store */
    {.share = .20, .lines = 5, .visits = 2, .basket = .65, .price = 1, .returns = .02, .stays = .95, .weekend = .55,
     .evening = .25, .category = {9, 7, 3, 2, 1, 2, 4, 2}, .channel = {8, 1, 1}, .payment = {6, 3, 1, 0},
     .age = 41, .age_spread = 7, .income = 52000, .member = .7, .women = .65,
     .education = {1, 4, 3, 1, .1}, .occupation = {.2, 4, 3, 3, 2, 0}},
    /* professionals: few, dear things, on the web */
    {.share = .12, .lines = 2.5, .visits = 3, .basket = .3, .price = 3, .returns = .06, .stays = .9, .weekend = .35,
     .evening = .5, .category = {1, 1, 3, 1, 8, 4, 1, 1}, .channel = {1, 8, 2}, .payment = {8, 0, 1, 2},
     .age = 44, .age_spread = 8, .income = 98000, .member = .5, .women = .4,
     .education = {0, 1, 4, 5, 2}, .occupation = {0, 1, 0, 6, 5, 0}},
    /* the young: fashion and beauty by phone, in the evening, much sent back */
    {.share = .18, .lines = 2.2, .visits = 5, .basket = .4, .price = .9, .returns = .16, .stays = .7, .weekend = .4,
     .evening = .7, .category = {1, 1, 9, 6, 2, 3, 0, 0}, .channel = {1, 2, 9}, .payment = {3, 0, 8, 2},
     .age = 25, .age_spread = 4, .income = 27000, .member = .35, .women = .7,
     .education = {1, 5, 4, 1, 0}, .occupation = {6, 2, 2, 1, 0, 0}},
    /* the old: small baskets by day, cash */
    {.share = .15, .lines = 1.4, .visits = .6, .basket = .45, .price = 1.1, .returns = .01, .stays = .95, .weekend = .15,
     .evening = .03, .category = {7, 5, 1, 1, 1, 0, 1, 5}, .channel = {9, 1, 0}, .payment = {2, 8, 0, 1},
     .age = 70, .age_spread = 6, .income = 31000, .member = .6, .women = .55,
     .education = {4, 5, 1, .5, .1}, .occupation = {0, 0, .3, .2, .2, 9}},
    /* hunters of bargains: cheap, seldom, at the weekend */
    {.share = .15, .lines = .8, .visits = 2, .basket = .25, .price = .5, .returns = .08, .stays = .6, .weekend = .7,
     .evening = .45, .category = {2, 4, 4, 2, 1, 2, 4, 1}, .channel = {2, 7, 3}, .payment = {4, 2, 4, 1},
     .age = 35, .age_spread = 10, .income = 33000, .member = .15, .women = .5,
     .education = {3, 5, 2, .5, 0}, .occupation = {1, 3, 5, 1, .3, 1}},
    /* passers-by: once, a present */
    {.share = .12, .lines = .25, .visits = .7, .basket = .1, .price = 1.3, .returns = .03, .stays = .05, .weekend = .5,
     .evening = .35, .category = {0, 1, 2, 2, 2, 2, 8, 1}, .channel = {3, 6, 1}, .payment = {7, 2, 1, 0},
     .age = 48, .age_spread = 14, .income = 46000, .member = .02, .women = .5,
     .education = {2, 4, 3, 1, .2}, .occupation = {1, 3, 3, 2, 1, 2}},
    /* registered, never bought */
    {.share = .08, .lines = 0, .visits = 1.5, .age = 33, .age_spread = 11, .income = 38000, .member = .05, .women = .5,
     .education = {2, 4, 3, 1, .1}, .occupation = {3, 3, 3, 2, .5, .5}},
};
/* clang-format on */

/* ---- Draws ------------------------------------------------------------------ */

/* What a stream is for: its first number; the second is the customer's. */
enum { FOR_SIZE = 1, FOR_PERSON, FOR_ORDERS, FOR_VISITS };

static size_t draw_weighted(tsl__rng *rng, const double *weight, size_t count)
{
    double total = 0;
    for (size_t i = 0; i < count; i++) {
        total += weight[i];
    }
    double at = tsl__rng_uniform(rng) * total;
    size_t i = 0;
    while (i + 1 < count && at >= weight[i]) {
        at -= weight[i++];
    }
    return i;
}

/* Nearly normal: the sum of twelve uniform draws (mean 0, sd 1). */
static double draw_normal(tsl__rng *rng)
{
    double sum = -6;
    for (int i = 0; i < 12; i++) {
        sum += tsl__rng_uniform(rng);
    }
    return sum;
}

/* Skewed, like spend: one in a hundred is over fifty times the least. */
static double draw_skewed(tsl__rng *rng)
{
    return 1 / (tsl__rng_uniform(rng) + .01);
}

static int chance(tsl__rng *rng, double p)
{
    return tsl__rng_uniform(rng) < p;
}

/* ---- One customer ------------------------------------------------------------ */

typedef struct company {
    uint64_t seed;
    uint32_t customers;
    uint64_t lines, interactions;
    int32_t first_day, days; /* of the transactions */
} company;

typedef struct line {
    int64_t time;
    uint32_t customer;
    int32_t cents;
    int16_t quantity;
    uint16_t product;
    uint8_t category, channel, payment;
} line;

static const kind *kind_of(tsl__rng *rng)
{
    double share[COUNT(kinds)];
    for (size_t i = 0; i < COUNT(kinds); i++) {
        share[i] = kinds[i].share;
    }
    return &kinds[draw_weighted(rng, share, COUNT(kinds))];
}

/* The customer's kind, and how many lines and interactions he should have, relative to the others. */
static const kind *draw_size(const company *of, uint32_t customer, double *lines, double *visits)
{
    tsl__rng rng = tsl__rng_open(of->seed, FOR_SIZE, customer);
    const kind *k = kind_of(&rng);
    double skew = draw_skewed(&rng);
    *lines = k->lines * skew;
    *visits = k->visits * draw_skewed(&rng);
    return k;
}

/* A moment of a purchase between two days, by season, weekday and hour. */
static int64_t draw_time(tsl__rng *rng, const kind *k, int32_t begin, int32_t end)
{
    for (;;) {
        int32_t day = begin + (int32_t)tsl__rng_below(rng, (uint64_t)(end - begin) + 1);
        int weekend = tsl__day_weekday(day) >= 5;
        double day_weight = weekend ? k->weekend / 2 : (1 - k->weekend) / 5;
        if (chance(rng, season[tsl__day_month(day) % 12] * day_weight * 2)) {
            int64_t hour =
                chance(rng, k->evening) ? 18 + (int64_t)tsl__rng_below(rng, 6) : 8 + (int64_t)tsl__rng_below(rng, 10);
            return (int64_t)day * TSL__DAY_SECONDS + hour * 3600 + (int64_t)tsl__rng_below(rng, 3600);
        }
    }
}

/* A product of the order: cheap ones sell most. Its price depends on the product and on the kind's taste. */
static void draw_product(tsl__rng *rng, const kind *k, line *out)
{
    out->category = (uint8_t)draw_weighted(rng, k->category, CATEGORIES);
    double u = tsl__rng_uniform(rng), rank = u * u;
    out->product = (uint16_t)(rank * PRODUCTS);
    double level = 1 + 9 * (double)out->product / PRODUCTS;
    out->quantity = (int16_t)(1 + (chance(rng, .25) ? tsl__rng_below(rng, 4) : 0));
    double price = categories[out->category].price * level * k->price;
    out->cents = (int32_t)(price * 100 + .5) * out->quantity;
}

/* `count` lines of a customer: orders of some lines each, and a return here and there. */
static void draw_lines(const company *of, const kind *k, uint32_t customer, uint64_t count, line *out)
{
    tsl__rng rng = tsl__rng_open(of->seed, FOR_ORDERS, customer);
    int32_t last = of->first_day + of->days - 1;
    /* Two in five were customers before the first day. */
    int32_t begin = last - (int32_t)tsl__rng_below(&rng, (uint64_t)of->days * 5 / 3);
    begin = begin < of->first_day ? of->first_day : begin;
    double stay = k->stays + (1 - k->stays) * tsl__rng_uniform(&rng) * tsl__rng_uniform(&rng);
    int32_t end = begin + (int32_t)((double)(last - begin) * stay);
    for (uint64_t i = 0; i < count; i++) {
        line *now = &out[i];
        if (i > 0 && out[i - 1].quantity > 0 && chance(&rng, k->returns)) {
            *now = out[i - 1];
            now->quantity = (int16_t)-now->quantity;
            now->cents = -now->cents;
            now->time += (int64_t)(1 + tsl__rng_below(&rng, 14)) * TSL__DAY_SECONDS;
            if (now->time / TSL__DAY_SECONDS <= last) {
                continue;
            }
        }
        *now = (line){.customer = customer};
        if (i > 0 && out[i - 1].quantity > 0 && chance(&rng, k->basket)) {
            now->time = out[i - 1].time;
            now->channel = out[i - 1].channel;
            now->payment = out[i - 1].payment;
        } else {
            now->time = draw_time(&rng, k, begin, end);
            now->channel = (uint8_t)draw_weighted(&rng, k->channel, CHANNELS);
            now->payment = (uint8_t)draw_weighted(&rng, k->payment, PAYMENTS);
        }
        draw_product(&rng, k, now);
    }
}

/* ---- Files -------------------------------------------------------------------- */

typedef struct output {
    FILE *file;
    tsl__text text;
    char path[4096];
} output;

static int fail(const char *path, const char *what)
{
    fprintf(stderr, "tesela-generate: %s: %s: %s\n", path, what, strerror(errno));
    return 1;
}

static int output_open(output *out, const char *folder, const char *name, const char *header)
{
    *out = (output){0};
    snprintf(out->path, sizeof out->path, "%s/%s", folder, name);
    out->file = fopen(out->path, "w");
    tsl__text_puts(&out->text, header);
    return out->file ? 0 : fail(out->path, "cannot be written");
}

static void output_flush(output *out, size_t over)
{
    if (out->text.length > over) {
        fwrite(out->text.data, 1, out->text.length, out->file);
        tsl__text_clear(&out->text);
    }
}

static int output_close(output *out)
{
    output_flush(out, 0);
    int bad = out->text.failed || ferror(out->file);
    bad |= fclose(out->file) != 0;
    tsl__text_free(&out->text);
    return bad ? fail(out->path, "cannot be written") : 0;
}

static void put_time(tsl__text *text, int64_t time)
{
    char day[11];
    tsl_day_write(tsl__time_day(time), day);
    int second = (int)(time % TSL__DAY_SECONDS);
    tsl__text_printf(text, "%sT%02d:%02d:%02d", day, second / 3600, second / 60 % 60, second % 60);
}

/* ---- Tables ------------------------------------------------------------------- */

static void put_customer(tsl__text *text, const company *of, uint32_t customer)
{
    double lines, visits;
    const kind *k = draw_size(of, customer, &lines, &visits);
    tsl__rng rng = tsl__rng_open(of->seed, FOR_PERSON, customer);
    double age = fmin(fmax(k->age + k->age_spread * draw_normal(&rng), 18), 99);
    double income = k->income * fmax(1 + .3 * draw_normal(&rng), .3);
    char birth[11];
    tsl_day_write(of->first_day + of->days - (int32_t)(age * 365.2425), birth);
    const char *gender = chance(&rng, .02) ? "" : chance(&rng, k->women) ? "F" : "M";
    tsl__text_printf(text, "C%08u,%s,%s,", (unsigned)customer + 1, birth, gender);
    if (!chance(&rng, .05)) {
        tsl__text_printf(text, "%d", (int)(income / 1000) * 1000);
    }
    tsl__text_printf(text, ",%s,%s,%s,%s\n", educations[draw_weighted(&rng, k->education, EDUCATIONS)],
                     occupations[draw_weighted(&rng, k->occupation, OCCUPATIONS)],
                     regions[tsl__rng_below(&rng, REGIONS)], chance(&rng, k->member) ? "yes" : "no");
}

static int write_customers(const company *of, const char *folder)
{
    output out;
    if (output_open(&out, folder, "customers.csv",
                    "customer_id,birth_date,gender,income,education,occupation,region,member\n")) {
        return 1;
    }
    for (uint32_t c = 0; c < of->customers; c++) {
        put_customer(&out.text, of, c);
        output_flush(&out, 1 << 16);
    }
    return output_close(&out);
}

/* Shares `total` out by weight, in one pass: each gets his part rounded so that the sums stay right. */
typedef struct sharing {
    double weight, sum, done;
    uint64_t total, given;
} sharing;

static uint64_t take_share(sharing *s, double weight)
{
    s->done += weight;
    uint64_t until = s->done >= s->sum ? s->total : (uint64_t)((double)s->total * (s->done / s->sum) + .5);
    uint64_t share = until - s->given;
    s->given = until;
    return share;
}

static void measure(const company *of, sharing *lines, sharing *visits)
{
    *lines = (sharing){.total = of->lines};
    *visits = (sharing){.total = of->interactions};
    for (uint32_t c = 0; c < of->customers; c++) {
        double l, v;
        draw_size(of, c, &l, &v);
        lines->sum += l;
        visits->sum += v;
    }
}

static int compare(int64_t x, int64_t y)
{
    return (x > y) - (x < y);
}

/* By time; lines that are equal in all of this are alike in the file too. */
static int compare_lines(const void *a, const void *b)
{
    const line *x = a, *y = b;
    int by = compare(x->time, y->time);
    by = by ? by : compare(x->customer, y->customer);
    by = by ? by : compare(x->category, y->category);
    by = by ? by : compare(x->product, y->product);
    return by ? by : compare(x->cents, y->cents);
}

static void put_line(tsl__text *text, const line *l, uint64_t order)
{
    tsl__text_printf(text, "C%08u,O%09llu,", (unsigned)l->customer + 1, (unsigned long long)order);
    put_time(text, l->time);
    tsl__text_printf(text, ",%d,", l->quantity);
    tsl__text_decimal(text, (int64_t)l->cents * 100, 2);
    tsl__text_printf(text, ",P%u%03u,%s,%s,%s\n", (unsigned)l->category + 1, (unsigned)l->product,
                     categories[l->category].name, channels[l->channel], payments[l->payment]);
}

/* Orders are numbered as they come in: the lines of one customer and one moment are one. */
static int write_transactions(const company *of, sharing *shares, const char *folder)
{
    output out;
    line *lines = tsl__alloc(of->lines, sizeof *lines);
    if (!lines) {
        return fail("transactions", "too many lines");
    }
    uint64_t count = 0, order = 0;
    for (uint32_t c = 0; c < of->customers; c++) {
        double l, v;
        const kind *k = draw_size(of, c, &l, &v);
        uint64_t share = take_share(shares, l);
        draw_lines(of, k, c, share, lines + count);
        count += share;
    }
    qsort(lines, count, sizeof *lines, compare_lines);
    int bad = output_open(&out, folder, "transactions.csv",
                          "customer_id,order_id,timestamp,quantity,amount,product,category,channel,payment\n");
    for (uint64_t i = 0; i < count && !bad; i++) {
        order += i == 0 || lines[i].time != lines[i - 1].time || lines[i].customer != lines[i - 1].customer;
        put_line(&out.text, &lines[i], order);
        output_flush(&out, 1 << 16);
    }
    free(lines);
    return bad || output_close(&out);
}

static void put_interaction(tsl__text *text, const company *of, tsl__rng *rng, const kind *k, uint32_t customer)
{
    static const char *const names[] = {"visit", "service", "complaint"};
    static const double weight[] = {90, 8, 2};
    size_t what = draw_weighted(rng, weight, 3);
    int64_t second = (int64_t)tsl__rng_below(rng, (uint64_t)of->days * TSL__DAY_SECONDS);
    tsl__text_printf(text, "C%08u,", (unsigned)customer + 1);
    put_time(text, (int64_t)of->first_day * TSL__DAY_SECONDS + second);
    tsl__text_printf(text, ",%s,", names[what]);
    if (what == 0) {
        double minutes = draw_skewed(rng) * (.5 + k->visits / 2);
        tsl__text_printf(text, "%d,%d,\n", 1 + (int)minutes, 1 + (int)(minutes * tsl__rng_uniform(rng)));
    } else {
        tsl__text_printf(text, ",,%d\n", what == 1 ? 3 + (int)tsl__rng_below(rng, 3) : 1 + (int)tsl__rng_below(rng, 3));
    }
}

static int write_interactions(const company *of, sharing *shares, const char *folder)
{
    output out;
    if (output_open(&out, folder, "interactions.csv", "customer_id,timestamp,kind,minutes,pages,satisfaction\n")) {
        return 1;
    }
    for (uint32_t c = 0; c < of->customers; c++) {
        double l, v;
        const kind *k = draw_size(of, c, &l, &v);
        tsl__rng rng = tsl__rng_open(of->seed, FOR_VISITS, c);
        for (uint64_t left = take_share(shares, v); left > 0; left--) {
            put_interaction(&out.text, of, &rng, k, c);
        }
        output_flush(&out, 1 << 16);
    }
    return output_close(&out);
}

/* What names alone do not say. */
static int write_config(const char *folder)
{
    output out;
    if (output_open(&out, folder, "company.yaml",
                    "customers:\n  columns:\n    education:\n      type: ordinal\n      order: [")) {
        return 1;
    }
    for (size_t i = 0; i < EDUCATIONS; i++) {
        tsl__text_printf(&out.text, "%s%s", i ? ", " : "", educations[i]);
    }
    tsl__text_puts(&out.text, "]\n");
    return output_close(&out);
}

static int write_company(const company *of, const char *folder)
{
    sharing lines, visits;
    measure(of, &lines, &visits);
    if (of->lines > 0 && lines.sum == 0) {
        fprintf(stderr, "tesela-generate: none of so few customers buys: ask for more of them, or for no lines\n");
        return 1;
    }
    if (mkdir(folder, 0777) != 0 && errno != EEXIST) {
        return fail(folder, "cannot be made");
    }
    return write_customers(of, folder) || (of->lines && write_transactions(of, &lines, folder)) ||
           (of->interactions && write_interactions(of, &visits, folder)) || write_config(folder);
}

/* ---- The command line ----------------------------------------------------------- */

static int usage(void)
{
    fprintf(stderr,
            "Usage: tesela-generate company --customers N --lines N [--interactions N] [--seed N] --output DIR\n");
    return 2;
}

int main(int argc, char **argv)
{
    uint64_t customers = 0, seed = 1;
    const char *folder = NULL;
    company of = {.first_day = tsl__day_make(2022, 1, 1), .days = 3 * 365 + 1};
    const struct {
        const char *name;
        uint64_t *target, most;
    } options[] = {{"--customers", &customers, 99999999},
                   {"--lines", &of.lines, UINT64_C(1) << 40},
                   {"--interactions", &of.interactions, UINT64_C(1) << 40},
                   {"--seed", &seed, UINT64_MAX}};
    if (argc < 2 || strcmp(argv[1], "company") != 0) {
        return usage();
    }
    for (int i = 2; i < argc; i += 2) {
        size_t o = 0;
        while (o < COUNT(options) && strcmp(argv[i], options[o].name) != 0) {
            o++;
        }
        char *end = NULL;
        if (i + 1 < argc && strcmp(argv[i], "--output") == 0) {
            folder = argv[i + 1];
        } else if (i + 1 < argc && o < COUNT(options) && argv[i + 1][0] >= '0' && argv[i + 1][0] <= '9') {
            *options[o].target = strtoull(argv[i + 1], &end, 10);
        }
        if (i + 1 == argc || (o == COUNT(options) ? !folder : !end || *end || *options[o].target > options[o].most)) {
            return usage();
        }
    }
    if (customers == 0 || !folder) {
        return usage();
    }
    of.customers = (uint32_t)customers;
    of.seed = seed;
    return write_company(&of, folder);
}
