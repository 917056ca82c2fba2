-- The questions by hand: one statement a table, each a range join and filtered aggregates.
-- `pairs` (pair, child, cutoff) holds one part of the pairs; the tables are those of the loader.

SELECT pair,
  count(*) FILTER (kind = 'health_check_missed' AND happened > cutoff - 730) AS health_checks_missed_2y,
  count(*) FILTER (kind = 'health_check_missed') AS health_checks_missed_ever,
  min(cutoff - happened) FILTER (kind = 'health_check_done') AS days_since_health_check,
  count(*) FILTER (kind = 'injury_treated' AND happened > cutoff - 183) AS injuries_treated_6m,
  count(*) FILTER (kind = 'injury_treated' AND happened > cutoff - 730) AS injuries_treated_2y,
  count(*) FILTER (kind = 'injury_treated') AS injuries_treated_ever,
  count(*) FILTER (kind = 'hospital_stay' AND happened > cutoff - 730) AS hospital_stays,
  known_sum(
    sum(days) FILTER (kind = 'school_absence' AND happened > cutoff - 91),
    count(*) FILTER (kind = 'school_absence' AND happened > cutoff - 91)) AS school_absence_days_3m,
  known_sum(
    sum(days) FILTER (kind = 'school_absence' AND happened > cutoff - 365),
    count(*) FILTER (kind = 'school_absence' AND happened > cutoff - 365)) AS school_absence_days_1y,
  max(days) FILTER (kind = 'school_absence' AND happened > cutoff - 365) AS longest_school_absence,
  count(*) FILTER (kind = 'police_call' AND happened > cutoff - 365) AS child_police_calls_1y,
  count(*) FILTER (kind = 'police_call') AS child_police_calls_ever,
  count(*) FILTER (kind = 'missing' AND happened > cutoff - 365) AS times_missing_1y,
  count(*) FILTER (kind = 'missing') AS times_missing_ever
FROM pairs JOIN agency_events t ON t.person = pairs.child AND t.known <= cutoff AND cutoff < t.withdrawn
GROUP BY pair;

SELECT pair,
  count(*) FILTER (outcome = 'made' AND kind IN ('visit', 'meeting') AND happened > cutoff - 91) AS contacts_made_3m,
  count(*) FILTER (outcome = 'made' AND kind IN ('visit', 'meeting') AND happened > cutoff - 365) AS contacts_made_1y,
  count(*) FILTER (outcome = 'missed' AND happened > cutoff - 183) AS contacts_missed_6m,
  count(*) FILTER (outcome = 'missed' AND happened > cutoff - 730) AS contacts_missed_2y,
  count(*) FILTER (outcome = 'refused' AND happened > cutoff - 183) AS contacts_refused_6m,
  count(*) FILTER (outcome = 'refused' AND happened > cutoff - 730) AS contacts_refused_2y,
  min(cutoff - happened) FILTER (child_seen) AS days_since_child_seen,
  min(cutoff - happened) FILTER (outcome = 'made') AS days_since_contact_made,
  count(*) FILTER (
    outcome = 'made' AND kind IN ('visit', 'meeting') AND NOT child_seen AND happened > cutoff - 183
  ) AS contacts_without_seeing_child
FROM pairs JOIN contacts t ON t.child = pairs.child AND t.known <= cutoff AND cutoff < t.withdrawn
GROUP BY pair;

SELECT pair,
  count(*) FILTER (outcome = 'substantiated' AND happened > cutoff - 365) AS substantiated_count_1y,
  count(*) FILTER (outcome = 'substantiated' AND happened > cutoff - 730) AS substantiated_count_2y,
  count(*) FILTER (outcome = 'substantiated') AS substantiated_count_ever,
  known_kinds(
    bit_or(kind_bit) FILTER (outcome = 'substantiated' AND happened > cutoff - 730),
    count(*) FILTER (outcome = 'substantiated' AND happened > cutoff - 730)) AS substantiated_kind_count_2y,
  known_kinds(
    bit_or(kind_bit) FILTER (outcome = 'substantiated'),
    count(*) FILTER (outcome = 'substantiated')) AS substantiated_kind_count_ever,
  max(severity) FILTER (outcome = 'substantiated' AND happened > cutoff - 730) AS largest_substantiated_severity_2y,
  max(severity) FILTER (outcome = 'substantiated') AS largest_substantiated_severity_ever,
  min(cutoff - happened) FILTER (outcome = 'substantiated') AS days_since_last_substantiated,
  count(*) FILTER (outcome = 'unsubstantiated' AND happened > cutoff - 365) AS unsubstantiated_count_1y,
  count(*) FILTER (outcome = 'unsubstantiated') AS unsubstantiated_count_ever,
  count(*) FILTER (outcome = 'inconclusive' AND happened > cutoff - 730) AS inconclusive_count_2y,
  count(*) FILTER (outcome = 'inconclusive') AS inconclusive_count_ever
FROM pairs JOIN findings t ON t.child = pairs.child AND t.known <= cutoff AND cutoff < t.withdrawn
GROUP BY pair;

-- Each person once a pair, since rows of the same person are counted once.
WITH seen AS (
  SELECT pair, person, cutoff, happened, greatest(happened, until - 1) AS last,
    relation IN ('sibling', 'half_sibling', 'step_sibling') AS sibling,
    relation IN ('mother', 'father', 'step_mother', 'step_father', 'parents_partner', 'grandparent',
      'other_relative', 'unrelated_adult') AS adult,
    relation IN ('step_mother', 'step_father', 'parents_partner') AS partner,
    relation
  FROM pairs JOIN members t ON t.child = pairs.child AND t.known <= cutoff AND cutoff < t.withdrawn
), persons AS (
  SELECT pair, any_value(cutoff) AS cutoff,
    bool_or(sibling AND last >= cutoff) AS sibling_now,
    bool_or(adult AND last >= cutoff) AS adult_now,
    bool_or(adult AND last > cutoff - 730) AS adult_2y,
    bool_or(relation = 'mother' AND last >= cutoff) AS mother_now,
    bool_or(relation = 'father' AND last >= cutoff) AS father_now,
    bool_or(partner AND last >= cutoff) AS partner_now,
    bool_or(partner AND last > cutoff - 730) AS partner_2y,
    max(happened) FILTER (partner AND last >= cutoff) AS partner_joined,
    bool_or(relation = 'unrelated_adult' AND last >= cutoff) AS unrelated_now,
    bool_or(relation = 'unrelated_adult' AND last > cutoff - 730) AS unrelated_2y,
    bool_or(relation IN ('grandparent', 'other_relative') AND last >= cutoff) AS relative_now,
    max(happened) AS joined
  FROM seen GROUP BY pair, person
)
SELECT pair,
  count(*) FILTER (sibling_now) AS siblings_in_home,
  count(*) FILTER (adult_now) AS adults_in_home_now,
  count(*) FILTER (adult_2y) AS adults_in_home_2y,
  count(*) FILTER (mother_now) > 0 AS mother_in_home,
  count(*) FILTER (father_now) > 0 AS father_in_home,
  count(*) FILTER (partner_now) > 0 AS partner_in_home_now,
  count(*) FILTER (partner_2y) > 0 AS partner_in_home_2y,
  min(cutoff - partner_joined) AS days_since_partner_moved_in,
  count(*) FILTER (unrelated_now) > 0 AS unrelated_adult_in_home_now,
  count(*) FILTER (unrelated_2y) > 0 AS unrelated_adult_in_home_2y,
  count(*) FILTER (relative_now) > 0 AS relative_in_home,
  min(cutoff - joined) AS days_since_newcomer
FROM persons GROUP BY pair;

-- Days in at least one span: what each span adds beyond the furthest end among those before it.
WITH spans AS (
  SELECT pair, cutoff, happened, least(until, cutoff + 1) AS ends,
    max(least(until, cutoff + 1)) OVER earlier AS before
  FROM pairs JOIN members t ON t.child = pairs.child AND t.known <= cutoff AND cutoff < t.withdrawn
    AND relation IN ('mother', 'father')
  WINDOW earlier AS (PARTITION BY pair ORDER BY happened ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
)
SELECT pair, sum(greatest(ends - greatest(happened, before, cutoff - 729), 0)) AS days_with_a_parent
FROM spans GROUP BY pair;

WITH born AS (
  SELECT pair, any_value(cutoff) AS cutoff, max(happened) AS born
  FROM pairs JOIN children t ON t.child = pairs.child AND t.known <= cutoff AND cutoff < t.withdrawn
  GROUP BY pair
)
SELECT pair,
  year(cutoff) - year(born)
    - (month(cutoff) * 32 + day(cutoff) < month(born) * 32 + day(born))::INT AS child_age,
  CASE WHEN born > cutoff - 365 THEN cutoff - born END AS infant_age
FROM born;

SELECT pair,
  count(*) FILTER (outcome = 'screened_out' AND happened > cutoff - 365) AS screened_out_count_1y,
  count(*) FILTER (outcome = 'screened_out') AS screened_out_count_ever,
  max(urgency) FILTER (happened > cutoff - 365) AS highest_urgency_1y,
  max(urgency) AS highest_urgency_ever
FROM pairs JOIN screenings t ON t.child = pairs.child AND t.known <= cutoff AND cutoff < t.withdrawn
GROUP BY pair;

SELECT pair, true AS assessment_open
FROM pairs JOIN assessments t ON t.child = pairs.child AND t.known <= cutoff AND cutoff < t.withdrawn
  AND until > cutoff
GROUP BY pair;

WITH spans AS (
  SELECT pair, cutoff, kind, outcome, happened, until, greatest(happened, until - 1) AS last,
    least(until, cutoff + 1) AS ends, max(least(until, cutoff + 1)) OVER earlier AS before
  FROM pairs JOIN services t ON t.child = pairs.child AND t.known <= cutoff AND cutoff < t.withdrawn
  WINDOW earlier AS (
    PARTITION BY pair, kind ORDER BY happened ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
)
SELECT pair,
  count(*) FILTER (outcome IS NULL AND until > cutoff) > 0 AS service_open,
  count(*) FILTER (outcome = 'refused' AND last > cutoff - 730) AS service_refused_count_2y,
  count(*) FILTER (outcome = 'refused') AS service_refused_count_ever,
  count(*) FILTER (outcome = 'ended_early' AND last > cutoff - 730) AS service_ended_early_count_2y,
  count(*) FILTER (outcome = 'ended_early') AS service_ended_early_count_ever,
  coalesce(sum(greatest(ends - greatest(happened, before, cutoff - 364), 0))
    FILTER (kind = 'protection_plan'), 0) AS protection_plan_days_1y,
  coalesce(sum(greatest(ends - greatest(happened, before), 0))
    FILTER (kind = 'protection_plan'), 0) AS protection_plan_days_ever,
  count(*) FILTER (kind = 'protection_plan') AS protection_plan_count
FROM spans GROUP BY pair;

WITH spans AS (
  SELECT pair, cutoff, kind, kind_bit, happened, until, greatest(happened, until - 1) AS last,
    least(until, cutoff + 1) AS ends, max(least(until, cutoff + 1)) OVER earlier AS before
  FROM pairs JOIN placements t ON t.child = pairs.child AND t.known <= cutoff AND cutoff < t.withdrawn
  WINDOW earlier AS (PARTITION BY pair ORDER BY happened ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
)
SELECT pair,
  count(*) FILTER (last > cutoff - 730) AS placement_count_2y,
  count(*) AS placement_count_ever,
  sum(greatest(ends - greatest(happened, before, cutoff - 729), 0)) AS days_placed_2y,
  sum(greatest(ends - greatest(happened, before), 0)) AS days_placed_ever,
  count(*) FILTER (until > cutoff) > 0 AS placed_now,
  min(cutoff - happened) AS days_since_placement_began,
  known_kinds(bit_or(kind_bit), count(*)) AS placement_kinds,
  count(*) FILTER (kind = 'custody' AND last > cutoff - 730) AS custody_count_2y,
  count(*) FILTER (kind = 'custody') AS custody_count_ever
FROM spans GROUP BY pair;

-- Seen notifications, each with the last day on which there was any: many questions ask about it.
CREATE OR REPLACE TEMP TABLE seen_notifications AS
SELECT pair, cutoff, id, happened, source, source_bit, anonymous, child_seen, t.child,
  happened = max(happened) OVER (PARTITION BY pair) AS latest
FROM pairs JOIN notifications t ON t.child = pairs.child AND t.known <= cutoff AND cutoff < t.withdrawn;

SELECT pair,
  count(*) FILTER (happened > cutoff - 183) AS notification_count_6m,
  count(*) FILTER (happened > cutoff - 365) AS notification_count_1y,
  count(*) FILTER (happened > cutoff - 730) AS notification_count_2y,
  count(*) AS notification_count_ever,
  min(cutoff - happened) FILTER (NOT latest) AS days_since_previous_notification,
  max(cutoff - happened) FILTER (NOT latest) AS days_since_first_notification,
  known_kinds(
    bit_or(source_bit) FILTER (happened > cutoff - 365),
    count(*) FILTER (happened > cutoff - 365)) AS notification_source_count_1y,
  known_kinds(bit_or(source_bit), count(*)) AS notification_source_count_ever,
  count(*) FILTER (source = 'police' AND happened > cutoff - 365) AS police_notification_count_1y,
  count(*) FILTER (source = 'police') AS police_notification_count_ever,
  count(*) FILTER (latest AND source = 'police') > 0 AS notified_by_police,
  count(*) FILTER (latest AND source IN ('school', 'nursery')) > 0 AS notified_by_school,
  count(*) FILTER (latest AND source IN ('medical', 'health')) > 0 AS notified_by_health_service,
  count(*) FILTER (latest AND source = 'family') > 0 AS notified_by_family,
  count(*) FILTER (latest AND source = 'child') > 0 AS notified_by_child,
  count(*) FILTER (latest AND source = 'neighbour') > 0 AS notified_by_neighbour,
  count(*) FILTER (latest AND anonymous) > 0 AS notified_anonymously,
  count(*) FILTER (latest AND child_seen) > 0 AS notifier_saw_child
FROM seen_notifications GROUP BY pair;

SELECT pair,
  known_kinds(bit_or(kind_bit) FILTER (latest), count(*) FILTER (latest)) AS alleged_kind_count,
  count(*) FILTER (latest AND kind = 'physical') > 0 AS physical_alleged,
  count(*) FILTER (latest AND kind = 'psychological') > 0 AS psychological_alleged,
  count(*) FILTER (latest AND kind = 'sexual') > 0 AS sexual_alleged,
  count(*) FILTER (latest AND kind = 'neglect') > 0 AS neglect_alleged,
  count(*) FILTER (latest AND witnessed_violence) > 0 AS witnessed_violence_alleged,
  count(*) FILTER (latest AND abuser_relation IN ('step_father', 'parents_partner')) > 0
    AS step_father_or_partner_alleged,
  count(*) FILTER (latest AND abuser_relation = 'mother') > 0 AS mother_alleged,
  count(*) FILTER (latest AND abuser IS NULL AND abuser_relation IS NULL) > 0 AS unknown_abuser_alleged,
  CASE WHEN count(*) FILTER (latest) = 0 THEN 0
    ELSE nullif(count(DISTINCT abuser) FILTER (latest), 0) END AS alleged_abuser_count,
  count(DISTINCT t.notification) FILTER (
    NOT latest AND kind = 'physical' AND n.happened > cutoff - 730) AS earlier_physical_notification_count_2y,
  count(DISTINCT t.notification) FILTER (NOT latest AND kind = 'physical') AS earlier_physical_notification_count_ever
FROM seen_notifications n JOIN allegations t ON t.notification = n.id AND t.child = n.child
  AND t.known <= cutoff AND cutoff < t.withdrawn
GROUP BY pair;

SELECT pair,
  count(*) FILTER (kind = 'disclosure') > 0 AS disclosure_observed,
  count(*) FILTER (kind = 'asks_protection') > 0 AS protection_asked_for,
  count(*) FILTER (kind = 'weapon') > 0 AS weapon_observed,
  count(*) FILTER (kind = 'threat') > 0 AS threat_observed,
  count(*) FILTER (kind = 'confined') > 0 AS confinement_observed,
  count(*) FILTER (kind = 'unfed') > 0 AS lack_of_food_observed,
  count(*) FILTER (kind = 'alone') > 0 AS left_alone_observed,
  count(*) FILTER (kind = 'carer_unwell') > 0 AS carer_unwell_observed,
  bit_count(bit_or(kind_bit)) AS danger_sign_count,
  count(*) FILTER (kind = 'injury' AND site IN ('head', 'face', 'neck')) > 0 AS head_injury_observed,
  known_kinds(bit_or(site_bit) FILTER (kind = 'injury'), count(*) FILTER (kind = 'injury')) AS injury_site_count,
  max(extent) FILTER (kind = 'injury') AS largest_injury_extent
FROM seen_notifications n JOIN observations t ON t.notification = n.id AND t.child = n.child
  AND latest AND t.known <= cutoff AND cutoff < t.withdrawn
GROUP BY pair;

SELECT pair,
  count(*) FILTER (kind = 'injury' AND happened > cutoff - 183) AS injury_count_6m,
  count(*) FILTER (kind = 'injury' AND happened > cutoff - 730) AS injury_count_2y,
  count(*) FILTER (kind = 'injury') AS injury_count_ever,
  count(*) FILTER (happened > cutoff - 365) AS danger_signs_on_record_1y,
  count(*) AS danger_signs_on_record_ever
FROM pairs JOIN observations t ON t.child = pairs.child AND t.known <= cutoff AND cutoff < t.withdrawn
GROUP BY pair;

-- Everybody linked to the child on the cutoff, and until when what concerns them is seen.
CREATE OR REPLACE TEMP TABLE linked AS
SELECT pair, pairs.child, cutoff, role, person, max(until) AS until
FROM pairs JOIN links t ON t.child = pairs.child AND t.known <= cutoff AND cutoff < t.withdrawn
GROUP BY ALL;

SELECT pair, count(*) AS siblings_on_file, min(cutoff - happened) AS days_since_youngest_sibling_born
FROM linked JOIN children t ON t.child = person AND role = 'sibling' AND person <> linked.child
  AND t.known <= cutoff AND cutoff < t.withdrawn AND happened <= linked.until
GROUP BY pair;

WITH siblings AS (
  SELECT pair, count(*) FILTER (happened > cutoff - 183) AS count_6m,
    count(*) FILTER (happened > cutoff - 730) AS count_2y, count(*) AS count_ever
  FROM linked JOIN notifications t ON t.child = person AND role = 'sibling' AND person <> linked.child
    AND t.known <= cutoff AND cutoff < t.withdrawn AND happened <= linked.until
  GROUP BY pair, person
)
SELECT pair, sum(count_6m) AS sibling_notifications_6m, sum(count_2y) AS sibling_notifications_2y,
  sum(count_ever) AS sibling_notifications_ever, count(*) FILTER (count_2y > 0) AS siblings_notified
FROM siblings GROUP BY pair;

SELECT pair,
  count(*) FILTER (greatest(happened, t.until - 1) > cutoff - 730) AS sibling_placements_2y,
  count(*) AS sibling_placements_ever,
  count(*) FILTER (t.until > cutoff) > 0 AS sibling_placed_now
FROM linked JOIN placements t ON t.child = person AND role = 'sibling' AND person <> linked.child
  AND t.known <= cutoff AND cutoff < t.withdrawn AND happened <= linked.until
GROUP BY pair;

SELECT pair,
  count(*) FILTER (role = 'sibling' AND kind = 'death') > 0 AS sibling_death,
  count(*) FILTER (role = 'sibling' AND kind = 'injury_treated' AND happened > cutoff - 730) AS sibling_injuries_treated,
  count(*) FILTER (role = 'adult' AND kind = 'police_call' AND happened > cutoff - 365) AS adult_police_calls_1y,
  count(*) FILTER (role = 'adult' AND kind = 'police_call' AND happened > cutoff - 1826) AS adult_police_calls_5y,
  count(*) FILTER (role = 'adult' AND kind = 'arrest' AND happened > cutoff - 730) AS adult_arrests_2y,
  count(*) FILTER (role = 'adult' AND kind = 'arrest') AS adult_arrests_ever,
  count(*) FILTER (role = 'abuser' AND kind IN ('arrest', 'police_call') AND happened > cutoff - 730)
    AS abuser_police_record
FROM linked JOIN agency_events t ON t.person = linked.person AND linked.person <> linked.child
  AND t.known <= cutoff AND cutoff < t.withdrawn AND happened <= linked.until
  AND kind IN ('death', 'injury_treated', 'police_call', 'arrest')
GROUP BY pair;

-- A row concerns both the child and the accused, and both may be linked: it is counted once.
WITH seen AS (
  SELECT DISTINCT pair, cutoff, role, id, subject, happened
  FROM linked JOIN allegations_concerning t ON t.concerned = person AND role <> 'sibling'
    AND t.subject <> linked.child AND t.known <= cutoff AND cutoff < t.withdrawn AND happened <= linked.until
)
SELECT pair,
  count(*) FILTER (role = 'adult' AND happened > cutoff - 730) AS adult_allegations_2y,
  count(*) FILTER (role = 'adult') AS adult_allegations_ever,
  count(DISTINCT subject) FILTER (role = 'adult') AS children_alleged_with_adults,
  count(*) FILTER (role = 'abuser' AND happened > cutoff - 730) AS abuser_allegations_2y,
  count(*) FILTER (role = 'abuser') AS abuser_allegations_ever
FROM seen GROUP BY pair;

WITH seen AS (
  SELECT DISTINCT pair, cutoff, role, id, happened, severity
  FROM linked JOIN findings_concerning t ON t.concerned = person
    AND t.subject <> linked.child AND t.known <= cutoff AND cutoff < t.withdrawn AND happened <= linked.until
)
SELECT pair,
  count(*) FILTER (role = 'sibling' AND happened > cutoff - 730) AS sibling_substantiated_findings_2y,
  count(*) FILTER (role = 'sibling') AS sibling_substantiated_findings_ever,
  count(*) FILTER (role = 'adult' AND happened > cutoff - 1826) AS adult_substantiated_findings_5y,
  count(*) FILTER (role = 'adult') AS adult_substantiated_findings_ever,
  count(*) FILTER (role = 'abuser') AS abuser_substantiated_findings,
  max(severity) FILTER (role = 'abuser') AS abuser_severest_finding
FROM seen GROUP BY pair;
