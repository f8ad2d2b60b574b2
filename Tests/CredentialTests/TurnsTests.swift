import Foundation
import Synchronization
import Testing

@testable import Credential

@Suite("Taking turns")
struct TurnsTests {
    @Test func `lets so many work, so many wait, and turns the next one away`() {
        let turns = Turns(working: 1, waiting: 1)
        let (isWorking, mayEnd, isDone) = (
            DispatchSemaphore(value: 0), DispatchSemaphore(value: 0), DispatchSemaphore(value: 0)
        )
        let results = Mutex<[Int?]>([])
        func start(_ number: Int) {
            Thread.detachNewThread {
                let result = turns.take {
                    isWorking.signal()
                    mayEnd.wait()
                    return number
                }
                results.withLock { $0.append(result) }
                isDone.signal()
            }
        }
        start(1)
        isWorking.wait()
        start(2)
        while turns.count < 2 { usleep(1_000) }
        #expect(turns.take { 3 } == nil)
        mayEnd.signal()
        mayEnd.signal()
        isDone.wait()
        isDone.wait()
        // Which of the two threads notes its result first is up to the scheduler.
        #expect(results.withLock { Set($0) } == [1, 2])
        #expect(turns.take { 4 } == 4)
    }
}
