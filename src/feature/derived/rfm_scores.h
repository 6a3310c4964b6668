/* rfm_scores.h: RFM scores, as derived features: r_score, f_score, m_score, rfm_score. */
#ifndef TSL_FEATURE_DERIVED_RFM_SCORES_H
#define TSL_FEATURE_DERIVED_RFM_SCORES_H

#include "feature/derived/derived.h"

extern const tsl__derived tsl__scores;

#endif
