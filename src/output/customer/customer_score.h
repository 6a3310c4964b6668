/* customer_score.h: the weighted score of one customer: what each part and feature of it weighs, and adds. */
#ifndef TSL_OUTPUT_CUSTOMER_CUSTOMER_SCORE_H
#define TSL_OUTPUT_CUSTOMER_CUSTOMER_SCORE_H

#include <tesela/output.h>

#include "output/json/json.h"

/* Sets "score" of the document's root, where the policy that he is explained by has one. */
TSL_FALLIBLE tsl_status tsl__customer_score_put(tsl__json *doc, const tsl_customer *of, tsl_error *err);
/* 1: a column of segments.csv that tells of the score, or (points) one that says what a part adds to it. */
int tsl__customer_score_has(const char *column);
int tsl__customer_score_has_points(const char *column);

#endif
