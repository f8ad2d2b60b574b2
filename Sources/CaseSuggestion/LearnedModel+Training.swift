import CaseModel

extension LearnedModel {
    /// Takes up the types: a new one gets its place and its own text as a first example.
    ///
    /// Must be called before cases of a type are learned, and again when types change.
    package mutating func adopt(_ index: TypeIndex) {
        for type in index.types
        where slots[type.id] == nil && slots.count < ReadingLimit.maximumTypeCount {
            slots[type.id] = slots.count
            caseCounts.append(0)
        }
        widen()
        documents = []
        for type in index.types {
            guard let slot = slots[type.id] else { continue }
            documents.append(example(of: CaseFeatures(type), slot: slot))
        }
    }

    /// Learns from one saved case; its type must have been adopted, otherwise nothing is learned.
    ///
    /// Bounded work (``Limit/workPerCase``): meant to run beside the requests.
    mutating func learn(_ features: CaseFeatures, type: CaseTypeID) {
        guard let new = remember(features, type: type) else { return }
        step(new)
        var work = 0
        for _ in 0..<Limit.stepsPerCase where work < Limit.workPerCase {
            work += stepOnRemembered()
        }
    }

    /// Learns from all cases that are remembered, as when a process starts.
    ///
    /// - Parameter isOver: Asked now and then; when it is true, the rest is not learned.
    mutating func train(until isOver: () -> Bool) {
        guard !examples.isEmpty else { return }
        let count = examples.count + documents.count
        let passes = Limit.stepsAtOnce / max(1, count)
        for _ in 0..<max(Limit.passes.lowerBound, min(Limit.passes.upperBound, passes)) {
            for step in 0..<count {
                if step % Limit.stepsBetweenLooks == 0 && isOver() { return }
                _ = stepOnRemembered()
            }
        }
    }

    /// Keeps a case; when the memory is full, in place of an old one of the type that has most.
    ///
    /// - Returns: What is remembered; nil when its type was not adopted.
    @discardableResult
    mutating func remember(_ features: CaseFeatures, type: CaseTypeID) -> Example? {
        guard let slot = slots[type] else { return nil }
        caseCount += 1
        caseCounts[slot] += 1
        let new = example(of: features, slot: slot)
        for row in Set(new.rows) {
            occurrences[Int(row)] = Logarithm.natural(
                1 + Logarithm.exponential(occurrences[Int(row)]))
        }
        rememberedFeatureCount += new.rows.count
        while !examples.isEmpty,
            rememberedFeatureCount > Limit.rememberedFeatureCount
                || examples.count >= Limit.rememberedCaseCount
        {
            forgetOne()
        }
        examples.append(new)
        return new
    }

    private mutating func forgetOne() {
        var remembered = [Int](repeating: 0, count: caseCounts.count)
        for example in examples { remembered[example.slot] += 1 }
        let most = remembered.indices.max { remembered[$0] < remembered[$1] } ?? 0
        guard let oldest = examples.firstIndex(where: { $0.slot == most }) else { return }
        rememberedFeatureCount -= examples[oldest].rows.count
        examples.remove(at: oldest)
    }

    /// One step on a remembered case or a type's text, chosen by the generator; returns its work.
    private mutating func stepOnRemembered() -> Int {
        let count = examples.count + documents.count
        guard count > 0 else { return Limit.workPerCase }
        random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let choice = Int((random >> 33) % UInt64(count))
        let example =
            choice < examples.count ? examples[choice] : documents[choice - examples.count]
        step(example)
        return example.rows.count * blockCount * 16
    }

    /// Moves the weights of an example's features towards its type.
    private mutating func step(_ example: Example) {
        let found = values(of: example)
        let errors = errors(of: activations(found), slot: example.slot)
        let blockCount = blockCount
        var size: Float = 0
        for block in errors { size += (block * block).sum() }
        for (row, value) in found {
            steps[row] += value * value * size
            let rate = learning.rate * value / (steps[row] + 1).squareRoot()
            weights.add(errors, times: rate, toRow: row)
        }
        for block in 0..<blockCount { bias[block] += learning.biasRate * errors[block] }
    }

    /// What the weights should have said, less what they said: a softmax over the types.
    private func errors(of sums: [SIMD8<Float>], slot: Int) -> [SIMD8<Float>] {
        var errors = sums
        var highest = -Float.greatestFiniteMagnitude
        for place in 0..<slots.count { highest = max(highest, sums[place / 8][place % 8]) }
        var total: Float = 0
        for place in 0..<(sums.count * 8) {
            let isType = place < slots.count
            let value =
                isType ? Logarithm.exponential(sums[place / 8][place % 8] - highest) : 0
            errors[place / 8][place % 8] = value
            total += value
        }
        for block in errors.indices { errors[block] *= -1 / total }
        errors[slot / 8][slot % 8] += 1
        return errors
    }

    /// Gives every row a place for each type; when the rows would get too many weights, the newest rows
    /// are forgotten.
    private mutating func widen() {
        let width = blockCount
        let old = bias.count
        guard width != old else { return }
        let bound = min(Limit.rowCount, Limit.weightCount / (width * 8))
        let kept = min(bound, table.rowCount)
        if kept < table.rowCount { forgetRows(from: kept) }
        table.limit(to: bound)
        weights = WeightTable(weights, rowCount: kept, blockCount: width)
        occurrences.removeLast(occurrences.count - kept)
        steps.removeLast(steps.count - kept)
        bias += [SIMD8<Float>](repeating: .zero, count: width - old)
    }

    private mutating func forgetRows(from kept: Int) {
        for place in examples.indices {
            rememberedFeatureCount -= examples[place].rows.count
            examples[place].drop { $0 >= kept }
            rememberedFeatureCount += examples[place].rows.count
        }
    }

    /// The features as rows; new features get theirs.
    private mutating func example(of features: CaseFeatures, slot: Int) -> Example {
        var example = Example(rows: [], values: [], ends: [], slot: slot)
        for (keys, weights) in zip(features.keys, features.weights) {
            for (key, weight) in zip(keys, weights) {
                example.rows.append(UInt32(table.assignedRow(of: key)))
                example.values.append(Self.quantized(weight))
            }
            example.ends.append(UInt16(example.rows.count))
        }
        let missing = max(0, table.rowCount - occurrences.count)
        occurrences += [Float](repeating: 0, count: missing)
        steps += [Float](repeating: 0, count: missing)
        weights.grow(to: table.rowCount)
        return example
    }

    private static func quantized(_ weight: Float) -> UInt8 {
        UInt8(max(1, min(255, (weight * 32).rounded())))
    }
}

extension LearnedModel {
    /// The features that have a row.
    func rows(of features: CaseFeatures) -> Example {
        var example = Example(rows: [], values: [], ends: [], slot: 0)
        for (keys, weights) in zip(features.keys, features.weights) {
            for (key, weight) in zip(keys, weights) {
                guard let row = table.row(of: key) else { continue }
                example.rows.append(UInt32(row))
                example.values.append(UInt8(max(1, min(255, (weight * 32).rounded()))))
            }
            example.ends.append(UInt16(example.rows.count))
        }
        return example
    }

    /// The rows with their values: weight by rarity, each namespace of its own length.
    func values(of example: Example) -> [(row: Int, value: Float)] {
        var values: [(row: Int, value: Float)] = []
        values.reserveCapacity(example.rows.count)
        let all = Logarithm.natural(Float(caseCount + 1))
        var start = 0
        for (space, end) in example.ends.enumerated() {
            let first = values.count
            var length: Float = 0
            for place in start..<Int(end) {
                let row = Int(example.rows[place])
                let rarity = 1 + all - occurrences[row]
                let value = Float(example.values[place]) * rarity
                length += value * value
                values.append((row, value))
            }
            let scale = length > 0 ? learning.spaces[space] / length.squareRoot() : 0
            for place in first..<values.count { values[place].value *= scale }
            start = Int(end)
        }
        return values
    }

    /// What the weights say, eight types a block.
    func activations(_ values: [(row: Int, value: Float)]) -> [SIMD8<Float>] {
        var sums = bias
        for (row, value) in values { weights.add(row, times: value, to: &sums) }
        return sums
    }
}
