/* made_run.h: the folder of a run, written by hand: a summary with lists of two or three values, and rows as a test
 * wants them. */
#ifndef TESTS_CRM_MADE_RUN_H
#define TESTS_CRM_MADE_RUN_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "store/scratch.h"
#include <tesela/crm.h>

#define MADE_CHAMPIONS                                                                                                 \
    "{\"code\": \"CHAMP\", \"colour\": 0, \"names\": {\"en\": \"Champions: many units\", "                             \
    "\"zh\": \"冠军客户：数量多\"}}"
#define MADE_LOYAL "{\"code\": \"LOYAL\", \"colour\": 1, \"names\": {\"en\": \"Loyal\", \"zh\": \"忠诚客户\"}}"
#define MADE_SEGMENTS MADE_CHAMPIONS ", " MADE_LOYAL

/* All columns that a file for a CRM is made of. */
#define MADE_HEADER                                                                                                    \
    "customer_id,segment_code,segment_from,segment_since,tier,lifecycle,r_score,f_score,m_score,rfm_segment,clv,"      \
    "churn_risk,reason_code,reason,action,confidence\n"
#define MADE_ROW(id) id ",CHAMP,LOYAL,2024-05-31,vip,active,5,4,3,champion,120.5,0.25,alive,bought a lot,call,0.9\n"

static const tsl_exec made_exec = {.size = sizeof made_exec, .threads = 2};

/* The language and the day of a summary, the segments that it lists, what it says of privacy; anything NULL is as
 * usual, which is nothing of the last. */
typedef struct made_summary {
    const char *lang, *as_of, *segments, *action, *privacy;
} made_summary;

/* Writes SCRATCH/NAME/summary.json and returns the folder, good for the next calls of scratch_path. */
static inline const char *made_run_open(const char *name, const made_summary *of)
{
    static const made_summary usual = {.lang = NULL};
    static char text[65536];
    char file[128];
    of = of ? of : &usual;
    const int is_day = !of->as_of || strcmp(of->as_of, "null") != 0;
    mkdir(scratch_path(name), 0700);
    const int bytes = snprintf(
        text, sizeof text,
        "{\"format\": \"tesela summary\", \"language\": \"%s\", \"as_of\": %s%s%s,\n"
        " \"totals\": {\"currency\": \"EUR\"}, \"segments\": [%s],\n"
        " \"tiers\": [{\"tier\": \"vip\", \"names\": {\"en\": \"VIP\", \"zh\": \"VIP 客户\"}},\n"
        "             {\"tier\": \"gold\", \"names\": {\"en\": \"Gold\", \"zh\": \"金卡\"}}],\n"
        " \"lifecycle\": [{\"stage\": \"active\", \"names\": {\"en\": \"Active\", \"zh\": \"活跃\"}}],\n"
        " \"rfm_segments\": [{\"rfm_segment\": \"champion\", \"names\": {\"en\": \"Champions\", "
        "\"zh\": \"核心客户\"}}],\n"
        " \"strategies\": {\"rows\": [{\"action\": \"call\", \"texts\": {\"en\": \"%s\", "
        "\"zh\": \"客户经理致电\"}}]}%s%s}\n",
        of->lang ? of->lang : "en", is_day ? "\"" : "", of->as_of ? of->as_of : "2024-06-30", is_day ? "\"" : "",
        of->segments ? of->segments : MADE_SEGMENTS, of->action ? of->action : "The manager calls, within days",
        of->privacy ? ", \"privacy\": " : "", of->privacy ? of->privacy : "");
    assert_in_range(bytes, 1, sizeof text - 1);
    snprintf(file, sizeof file, "%s/summary.json", name);
    scratch_write(scratch_path(file), text, (size_t)bytes);
    return scratch_path(name);
}

/* The same with rows below a header. */
static inline const char *made_run(const char *name, const made_summary *of, const char *rows)
{
    char file[128];
    made_run_open(name, of);
    snprintf(file, sizeof file, "%s/segments.csv", name);
    scratch_write(scratch_path(file), rows, strlen(rows));
    return scratch_path(name);
}

/* Fails unless the message has the text. */
static inline void assert_says(const tsl_error *err, const char *text)
{
    if (!strstr(err->message, text)) {
        fail_msg("the message lacks \"%s\":\n%s", text, err->message);
    }
}

#endif
