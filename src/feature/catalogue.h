/* catalogue.h: the declarative table of features: one entry a feature. */
#ifndef TSL_FEATURE_CATALOGUE_H
#define TSL_FEATURE_CATALOGUE_H

#include <tesela/feature.h>

/* What a customer's records are. */
typedef enum tsl__level {
    TSL__LINES,          /* rows of the transactions table */
    TSL__PURCHASE_LINES, /* lines of purchases */
    TSL__PURCHASES,      /* orders of net amount > 0 */
    TSL__DAYS,           /* distinct days with a purchase */
    TSL__INTERACTIONS,   /* rows of the interactions table */
    TSL__LEVELS
} tsl__level;

/* What a record holds beside its day. */
typedef enum tsl__record_part {
    TSL__NOTHING,
    TSL__AMOUNT, /* decimals, 1/10000, from here ... */
    TSL__MARGIN,
    TSL__QUANTITY,
    TSL__LINE_COUNT,
    TSL__MINUTES,
    TSL__PAGES,
    TSL__SATISFACTION,
    TSL__NPS,     /* ... to here */
    TSL__PRODUCT, /* codes from here ... */
    TSL__CATEGORY,
    TSL__CHANNEL,
    TSL__PAYMENT, /* ... to here */
    TSL__SOURCES
} tsl__record_part;

typedef enum tsl__aggregate {
    TSL__COUNT,
    TSL__SUM,
    TSL__MEAN, /* over the records that hold the figure */
    TSL__MAX,
    TSL__LAST,
    TSL__DISTINCT,
    TSL__SINCE_FIRST, /* as-of day less day of the first record */
    TSL__SINCE_LAST,
    TSL__GAP_MEAN, /* days between consecutive records */
    TSL__GAP_SD,
    TSL__RATE,           /* 30 x count / max(days since the first record, 30) */
    TSL__SHARE,          /* of the records (that pass `among`), those that pass the filter */
    TSL__RETURN_SHARE,   /* negative over positive amounts */
    TSL__ENTROPY,        /* of the shares of amount over the source's codes */
    TSL__COUNT_TREND,    /* ln((a + 1) / (b + 1)), window against the one before */
    TSL__SUM_TREND,      /* ln((a + c) / (b + c)), sums floored at 0, c the population's median purchase */
    TSL__MONTHS_WITHOUT, /* of the last 12 calendar months, those without a record */
    TSL__MIN,            /* the rest is for lines of the user's own */
    TSL__SD,             /* sample standard deviation */
    TSL__FIRST,
    TSL__GAP_MEDIAN,
    TSL__GAP_MAX,
    TSL__SLOPE,     /* a month, by least squares over the calendar months of the window */
    TSL__SUM_SHARE, /* of the source's sum, that of the records that pass the filter */
    TSL__DERIVED,   /* made of others, or of the history, once all customers are there: `derived` says how */
    TSL__AGGREGATES
} tsl__aggregate;

/* Filters: a record passes when it has all bits. */
enum {
    TSL__WEEKEND = 1,
    TSL__EVENING = 2,
    TSL__NIGHT = 4,
    TSL__VISIT = 8,
    TSL__SERVICE = 16,
    TSL__COMPLAINT = 32,
    TSL__TIMED = 64, /* it has a time of day: midnight itself is how a day is kept */
    TSL__OWN = 128   /* the filter of a line of the user's own holds */
};

/* What the customers' own columns may tell of their purchases. */
typedef enum tsl__told {
    TSL__NOT_TOLD,
    TSL__TOLD_RECENCY,
    TSL__TOLD_ORDERS,
    TSL__TOLD_DAYS, /* at most one an order */
    TSL__TOLD_TENURE,
    TSL__TOLD_SPEND,
    TSL__TOLD_MEAN,
    TSL__TOLD_SCORES, /* made of recency, orders and spend */
    TSL__TOLDS
} tsl__told;

/* How a derived feature is made (derived/derived.h). */
typedef enum tsl__derived_kind {
    TSL__NOT_DERIVED,
    TSL__SCORES,       /* RFM */
    TSL__EXPECTATIONS, /* of the purchase and spend models */
    TSL__DERIVED_KINDS
} tsl__derived_kind;

typedef enum tsl__window { TSL__ALL, TSL__RECENT, TSL__PREVIOUS } tsl__window;

typedef struct tsl__catalogue_entry {
    const char *name; /* ending in ":" where there is one feature a value of the source */
    const char *unit;
    const char *definition;
    tsl_group group;
    tsl__aggregate aggregate;
    tsl__level level;
    tsl__record_part source;
    tsl__window window;
    int window_days;   /* of TSL__RECENT and TSL__PREVIOUS, and of the trends */
    int window_months; /* in their place: calendar months, the first that of the last day before as-of */
    int filter;
    int among;      /* of a share: the records that it is of; 0: all */
    tsl__told told; /* where there are no transactions: what of the customers' own columns it is */
    tsl__derived_kind derived;
    int part; /* of a derived one: which of the features of its kind */
    tsl_transform transform;
    int profile;
    int buying; /* having little of it says nothing of someone who never bought */
    /* How it is said, in English and Chinese; "*" is the value of a name ending in ":". */
    const char *label[TSL_LANGS];
    const char *topic; /* features of one topic tell much the same; NULL: no segment is named by it */
    const char *high[TSL_LANGS], *low[TSL_LANGS]; /* of a segment whose mean is high or low; low NULL: not said */
} tsl__catalogue_entry;

extern const tsl__catalogue_entry tsl__catalogue[];
extern const size_t tsl__catalogue_count;

/* The role whose column a part of a record comes from, TSL_ROLE_NONE without one. */
tsl_role tsl__record_part_get_role(tsl__record_part part);

#endif
